namespace DeepNotes;

/// <summary>
/// One optimizer for the first steps, another one after them: Adam to get there, gradient descent to settle (Keskar and
/// Socher 2017). Each keeps its own rate, schedule, groups and memory; the second one begins with none.
/// </summary>
/// <param name="steps">How many steps the first one makes.</param>
/// <param name="first">The one that begins.</param>
/// <param name="second">The one that goes on.</param>
/// <exception cref="ArgumentOutOfRangeException">Less than 1 step.</exception>
public sealed class SwitchAfter(int steps, Optimizer first, Optimizer second) : Optimizer(first.LearningRate)
{
    private readonly int _steps = Check.AtLeast(1, steps, nameof(SwitchAfter));

    /// <summary>The one that makes the next step.</summary>
    public Optimizer Active => first.Step < _steps ? first : second;

    /// <summary>The active one's.</summary>
    public override float LearningRate
    {
        get => Active.LearningRate;
        set => Active.LearningRate = value;
    }

    /// <inheritdoc/>
    public override float CurrentLearningRate => Active.CurrentLearningRate;

    /// <inheritdoc/>
    public override int Step => first.Step + second.Step;

    /// <inheritdoc/>
    public override void Name(Layer network)
    {
        first.Name(network);
        second.Name(network);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Settings were given to this, which has none of its own.</exception>
    public override void ApplyGradients(IEnumerable<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        if (HasSettings)
        {
            throw new InvalidOperationException("SwitchAfter: groups, schedule, decay, clipping and accumulation belong to the two optimizers inside.");
        }

        Active.ApplyGradients(gradients);
    }

    /// <summary>The active one's.</summary>
    public override ParameterState State(Parameter parameter) => Active.State(parameter);

    /// <inheritdoc/>
    public override OptimizerSnapshot Save(IReadOnlyList<Parameter> parameters)
    {
        var (one, two) = (first.Save(parameters), second.Save(parameters));
        return new OptimizerSnapshot(
            nameof(SwitchAfter),
            Prefixed(one, one.Tensors).Concat(Prefixed(two, two.Tensors)).ToDictionary(),
            Prefixed(one, one.Numbers).Concat(Prefixed(two, two.Numbers)).ToDictionary());

        Dictionary<string, T> Prefixed<T>(OptimizerSnapshot part, IReadOnlyDictionary<string, T> values) =>
            values.ToDictionary(pair => Prefix(part == one ? 1 : 2, part.Optimizer) + pair.Key, pair => pair.Value);
    }

    /// <inheritdoc/>
    public override void Restore(OptimizerSnapshot snapshot, IReadOnlyList<Parameter> parameters)
    {
        CheckType(snapshot);
        var before = first.Save(parameters);
        first.Restore(Part(snapshot, 1, first), parameters);
        try
        {
            second.Restore(Part(snapshot, 2, second), parameters);
        }
        catch
        {
            first.Restore(before, parameters);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state) => UpdateBy(Active, w, g, state);

    private protected override Parameter Named(string path) => NamedBy(first, path);

    // 1:Adam/step: another optimizer in the place finds nothing of its own.
    private static string Prefix(int place, string optimizer) => $"{place}:{optimizer}/";

    private static OptimizerSnapshot Part(OptimizerSnapshot whole, int place, Optimizer optimizer)
    {
        var name = optimizer.GetType().Name;
        var prefix = Prefix(place, name);
        return new OptimizerSnapshot(name, Inside(whole.Tensors), Inside(whole.Numbers));

        Dictionary<string, T> Inside<T>(IReadOnlyDictionary<string, T> values) => values
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
    }
}
