using DeepNotes.Functions;

namespace DeepNotes;

/// <content>What is looked at before anything changes.</content>
public abstract partial class Optimizer
{
    private float CheckedRate(float value) => float.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), $"{GetType().Name}: learning rate {value}: expected a finite number above 0.");

    private double CheckedFactor(double factor, int step) => float.IsFinite((float)(factor * LearningRate)) && factor >= 0
        ? factor
        : throw new InvalidOperationException(
            $"{GetType().Name}: the schedule's factor at step {step} is {factor}: expected a finite number of 0 or more.");

    // Of all gradients one number is read, so that a device is waited for once a step: NaN and infinity survive adding. A sum may
    // overflow by itself, so that a broken one is looked at element by element.
    private void CheckGradients(List<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        Tensor? total = null, sum = null;
        for (var i = 0; i < gradients.Count; i++)
        {
            var (parameter, gradient) = gradients[i];
            if (gradient.Shape != parameter.Shape)
            {
                throw new ShapeException(
                    $"{GetType().Name}: {NameOf(parameter, i)}: expected a gradient of this shape, got {gradient.Shape}.");
            }

            if (gradient.Device != parameter.Value.Device)
            {
                throw new InvalidOperationException(
                    $"{GetType().Name}: {NameOf(parameter, i)} is on {parameter.Value.Device}: expected a gradient there, got one on {gradient.Device}.");
            }

            if (total is null || sum is null || total.Device != gradient.Device)
            {
                CheckTotal(total, gradients);
                (total, sum) = (Tensor.Full([], 0, gradient.Device), Tensor.Empty([], gradient.Device));
            }

            gradient.Backend.Reduce(default(Add), gradient.Buffer, sum.Buffer, 1, gradient.Length, 1);
            gradient.Backend.Zip(default(Add), total.Buffer, [], sum.Buffer, [], total.Buffer, []);
        }

        CheckTotal(total, gradients);
    }

    private void CheckTotal(Tensor? total, List<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        if (total is null || float.IsFinite(total.ToSingle()))
        {
            return;
        }

        for (var i = 0; i < gradients.Count; i++)
        {
            var values = gradients[i].Gradient.ToArray();
            var broken = Array.FindIndex(values, value => !float.IsFinite(value));
            if (broken >= 0)
            {
                throw new TrainingException(
                    $"{GetType().Name}: the gradient of {NameOf(gradients[i].Parameter, i)} holds {values[broken]} at step {Step + 1} "
                    + $"(learning rate {CurrentLearningRate}); nothing was changed. Look for NaN in the inputs and for "
                    + "0/0 or log 0 in the loss, or try a smaller learning rate.");
            }
        }
    }

    private string NameOf(Parameter parameter, int index) =>
        $"{(_names.TryGetValue(parameter, out var name) ? name : $"parameter {index}")} {parameter.Shape}";
}
