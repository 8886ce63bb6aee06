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

    private void CheckGradients(List<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        Tensor? sum = null;
        for (var i = 0; i < gradients.Count; i++)
        {
            var (parameter, gradient) = gradients[i];
            sum = sum?.Device == gradient.Device ? sum : Tensor.Empty([], gradient.Device);
            if (gradient.Shape != parameter.Shape)
            {
                throw new ShapeException(
                    $"{GetType().Name}: {NameOf(parameter, i)}: expected a gradient of this shape, got {gradient.Shape}.");
            }

            if (FirstBroken(gradient, sum) is { } broken)
            {
                throw new TrainingException(
                    $"{GetType().Name}: the gradient of {NameOf(parameter, i)} holds {broken} at step {Step + 1} "
                    + $"(learning rate {CurrentLearningRate}); nothing was changed. Look for NaN in the inputs and for "
                    + "0/0 or log 0 in the loss, or try a smaller learning rate.");
            }
        }
    }

    // One sum tells, in nearly all cases: NaN and infinity survive adding. A sum may overflow by itself, so that a
    // broken one is looked at element by element.
    private static float? FirstBroken(Tensor gradient, Tensor sum)
    {
        gradient.Backend.Reduce(default(Add), gradient.Buffer, sum.Buffer, 1, gradient.Length, 1);
        if (float.IsFinite(sum.ToSingle()))
        {
            return null;
        }

        var values = gradient.ToArray();
        var i = Array.FindIndex(values, value => !float.IsFinite(value));
        return i < 0 ? null : values[i];
    }

    private string NameOf(Parameter parameter, int index) =>
        $"{(_names.TryGetValue(parameter, out var name) ? name : $"parameter {index}")} {parameter.Shape}";
}
