namespace DeepNotes;

/// <summary>
/// An optimizer is the update of one parameter plus what it remembers of it. This base owns the loop over parameters,
/// the state, the learning rate and the step counter.
/// </summary>
public abstract class Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> _states = [];
    private float _learningRate;

    /// <summary>An optimizer that begins with this learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative, infinite or NaN.</exception>
    protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>The step size η; may be changed between steps.</summary>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = float.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), $"{GetType().Name}: learning rate {value}: expected a finite number above 0.");
    }

    /// <summary>How many times parameters have been updated.</summary>
    public int Step { get; private set; }

    /// <summary>One step downhill: <see cref="ComputeGradients"/>, then <see cref="ApplyGradients"/>.</summary>
    public void Minimize(Tensor loss, IReadOnlyList<Parameter> parameters) => ApplyGradients(ComputeGradients(loss, parameters));

    /// <summary>d loss / d parameter for each parameter; between this and applying them they may be changed.</summary>
    public IReadOnlyList<(Parameter Parameter, Tensor Gradient)> ComputeGradients(Tensor loss, IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            parameter.Value.ClearGradient();
        }

        loss.Backward();
        return [.. parameters.Where(parameter => parameter.Gradient is not null).Select(parameter => (parameter, parameter.Gradient!))];
    }

    /// <summary>Moves every parameter by its gradient.</summary>
    public void ApplyGradients(IEnumerable<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        Step++;
        using (Recording.Pause())
        {
            foreach (var (parameter, gradient) in gradients)
            {
                if (!_states.TryGetValue(parameter, out var state))
                {
                    _states[parameter] = state = new OptimizerState(parameter.Shape);
                }

                parameter.Value.Assign(Update(parameter.Value, gradient, state));
            }
        }
    }

    /// <summary>The parameter's next value, from its value w and gradient g; <see cref="Step"/> counts from 1.</summary>
    protected abstract Tensor Update(Tensor w, Tensor g, OptimizerState state);
}
