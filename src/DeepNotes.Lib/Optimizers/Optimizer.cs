using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>
/// An optimizer is the update of one parameter plus what it remembers of it. This base owns the loop over parameters,
/// their groups, the learning rate and its schedule, accumulation, clipping, decay, constraints and the step counter:
/// accumulate → clip values → clip norms → clip the global norm → add L1 and L2 → <see cref="Update"/> → decoupled
/// decay → proximal step → max-norm.
/// </summary>
public abstract partial class Optimizer
{
    private const string GradientSum = "gradientSum";

    private readonly Dictionary<Parameter, OptimizerState> _states = [];
    private readonly Dictionary<Parameter, string> _names = [];
    private float _learningRate;
    private int _accumulated;

    /// <summary>An optimizer that begins with this learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative, infinite or NaN.</exception>
    protected Optimizer(float learningRate) => _learningRate = CheckedRate(learningRate);

    /// <summary>The step size η before the schedule; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative, infinite or NaN.</exception>
    public virtual float LearningRate
    {
        get => _learningRate;
        set => _learningRate = CheckedRate(value);
    }

    /// <summary>The rate of the next update: <see cref="LearningRate"/> times the schedule's factor at <see cref="Step"/>.</summary>
    /// <exception cref="InvalidOperationException">The schedule gives a factor that is negative, infinite or NaN.</exception>
    public virtual float CurrentLearningRate => Schedule is null ? LearningRate : (float)(LearningRate * CheckedFactor(Schedule(Step), Step));

    /// <summary>How many times parameters have been updated: the global step, from 0.</summary>
    public virtual int Step { get; private set; }

    /// <summary>Gives parameters their paths in a network, <c>1.Weight</c>, for messages.</summary>
    public virtual void Name(Layer network)
    {
        foreach (var (name, parameter) in network.NamedParameters)
        {
            _names[parameter] = name;
        }
    }

    /// <summary>One step downhill: <see cref="ComputeGradients"/>, then <see cref="ApplyGradients"/>.</summary>
    /// <exception cref="TrainingException">A gradient is NaN or infinite.</exception>
    public void Minimize(Tensor loss, IReadOnlyList<Parameter> parameters) => ApplyGradients(ComputeGradients(loss, parameters));

    /// <summary>
    /// d loss / d parameter for each parameter that the loss depends on, each in memory of its own: they may be changed
    /// before they are applied. A tensor that stands for several parameters, or for one in several layers, comes once.
    /// </summary>
    public IReadOnlyList<(Parameter Parameter, Tensor Gradient)> ComputeGradients(Tensor loss, IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            parameter.Value.ClearGradient();
        }

        loss.Backward();
        var gradients = new List<(Parameter Parameter, Tensor Gradient)>(parameters.Count);
        foreach (var parameter in parameters)
        {
            if (parameter.Gradient is { } gradient && !IsAmong(gradients, gradient))
            {
                gradients.Add((parameter, gradient));
            }
        }

        return gradients;
    }

    private static bool IsAmong(List<(Parameter Parameter, Tensor Gradient)> gradients, Tensor gradient)
    {
        foreach (var pair in gradients)
        {
            if (ReferenceEquals(pair.Gradient, gradient))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves every parameter by its gradient, or adds the gradients up until there are enough of them.</summary>
    /// <exception cref="TrainingException">A gradient is NaN or infinite: names the parameter and the step; nothing has changed.</exception>
    /// <exception cref="ShapeException">A gradient of another shape than its parameter; nothing has changed.</exception>
    public virtual void ApplyGradients(IEnumerable<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        using (Recording.Pause())
        {
            var given = gradients.Where(pair => !Groups.Of(pair.Parameter).IsFrozen).ToList();
            CheckGradients(given);
            var rate = CurrentLearningRate;
            if (AccumulationSteps > 1)
            {
                Accumulate(given);
                if (++_accumulated < AccumulationSteps)
                {
                    return;
                }

                given = TakeAccumulated();
            }

            Step++;
            Clip(given);
            foreach (var (parameter, gradient) in given)
            {
                Move(parameter, gradient, rate);
            }
        }
    }

    /// <summary>
    /// The parameter's next value, from its value w and gradient g, with the rate and the count of this update in
    /// <paramref name="state"/>; changes nothing but what the state remembers.
    /// </summary>
    protected abstract Tensor Update(Tensor w, Tensor g, OptimizerState state);

    /// <summary>
    /// The update in one pass over memory, by an <see cref="IUpdateOp"/>; changes w itself. False if the optimizer has none with
    /// these settings.
    /// </summary>
    private protected virtual bool TryUpdateInPlace(Tensor w, Tensor g, OptimizerState state) => false;

    /// <summary><see cref="Update"/> of an optimizer whose rule is written once, for <see cref="TryUpdateInPlace"/>.</summary>
    private protected Tensor UpdateOfCopy(Tensor w, Tensor g, OptimizerState state)
    {
        var next = w.Copy();
        TryUpdateInPlace(next, g, state);
        return next;
    }

    /// <summary>The update of another optimizer, for one that is made of others.</summary>
    private protected static Tensor UpdateBy(Optimizer optimizer, Tensor w, Tensor g, OptimizerState state) => optimizer.Update(w, g, state);

    private void Move(Parameter parameter, Tensor g, float rate)
    {
        var (group, state, w) = (Groups.Of(parameter), Remember(parameter), parameter.Value);
        var (decay, l1, maxNorm) = (group.WeightDecay ?? WeightDecay, group.L1 ?? L1, group.MaxNorm ?? MaxNorm);
        state.LearningRate = rate * group.LearningRateFactor;
        state.Step++;

        g = l1 > 0 && !IsL1Proximal ? g + l1 * Constraints.Sign(w) : g;
        g = decay > 0 && !DecouplesWeightDecay ? g + decay * w : g;

        // Computed before the step, which may change w in place.
        var shrinkage = decay > 0 && DecouplesWeightDecay ? state.LearningRate * decay * w : null;
        var next = TryUpdateInPlace(w, g, state) ? w : Update(w, g, state);
        next = shrinkage is null ? next : next - shrinkage;
        next = l1 > 0 && IsL1Proximal ? Constraints.SoftThreshold(next, state.LearningRate * l1) : next;
        next = float.IsFinite(maxNorm) ? Constraints.LimitRows(next, maxNorm) : next;
        if (!ReferenceEquals(next, w))
        {
            w.Assign(next);
        }

        state.Commit();
    }

    private void Clip(List<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        for (var i = 0; i < gradients.Count; i++)
        {
            var (parameter, gradient) = gradients[i];
            gradients[i] = (parameter, ClipOne(gradient, Groups.Of(parameter)));
        }

        if (float.IsFinite(GlobalClipNorm))
        {
            var clipped = Constraints.ClipByGlobalNorm(gradients.ConvertAll(pair => pair.Gradient), GlobalClipNorm).ToList();
            for (var i = 0; i < gradients.Count; i++)
            {
                gradients[i] = (gradients[i].Parameter, clipped[i]);
            }
        }
    }

    private Tensor ClipOne(Tensor g, ParameterGroup group)
    {
        var (value, norm) = (group.ClipValue ?? ClipValue, group.ClipNorm ?? ClipNorm);
        g = float.IsInfinity(value) ? g : Constraints.ClipByValue(g, value);
        return float.IsInfinity(norm) ? g : Constraints.ClipByNorm(g, norm);
    }

    private void Accumulate(List<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        foreach (var (parameter, gradient) in gradients)
        {
            var state = Remember(parameter);
            state[GradientSum] += gradient / AccumulationSteps;
            state.Commit();
        }
    }

    private List<(Parameter Parameter, Tensor Gradient)> TakeAccumulated()
    {
        _accumulated = 0;
        return [.. from pair in _states
                   let sum = pair.Value.Take(GradientSum)
                   where sum is not null
                   select (pair.Key, sum)];
    }

    internal OptimizerState Remember(Parameter parameter)
    {
        if (!_states.TryGetValue(parameter, out var state))
        {
            _states[parameter] = state = new OptimizerState(parameter);
        }

        state.MoveTo(parameter.Value.Device);
        return state;
    }

    private float CheckedRate(float value) => float.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), $"{GetType().Name}: learning rate {value}: expected a finite number above 0.");

    private double CheckedFactor(double factor, int step) => float.IsFinite((float)(factor * LearningRate)) && factor >= 0
        ? factor
        : throw new InvalidOperationException(
            $"{GetType().Name}: the schedule's factor at step {step} is {factor}: expected a finite number of 0 or more.");

    // One number is read for all gradients, so that a step waits for the device once: a sum with NaN or infinity is not finite.
    // A sum of finite numbers may overflow too, so that the elements decide where it is not finite.
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
