namespace DeepNotes;

/// <summary>
/// Puts a network into evaluation mode with substitutes for its parameters. Disposing restores the original tensors with
/// their gradients, and the mode of each module, even if an exception was thrown in between.
/// </summary>
internal sealed class EvaluationScope : IDisposable
{
    private readonly List<(Module Module, bool IsTraining)> _modes;
    private readonly List<(Parameter Parameter, Tensor Value)> _values;

    /// <summary>Replaces the parameters by constants, so that a backward pass computes the gradients of the inputs alone.</summary>
    public EvaluationScope(Layer network)
        : this(network, value => value.Detach())
    {
    }

    public EvaluationScope(Layer network, Func<Tensor, Tensor> substitute)
    {
        _modes = [.. SelfAndDescendants(network).Select(module => (module, module.IsTraining))];
        _values = [.. network.Parameters.Distinct().Select(parameter => (parameter, parameter.Value))];
        network.Train(false);
        foreach (var (parameter, value) in _values)
        {
            parameter.Bind(substitute(value));
        }
    }

    /// <summary>The values of the parameters; a shared value is listed once.</summary>
    public static IReadOnlyList<Tensor> ParameterValues(Layer network) => [.. network.Parameters.Select(parameter => parameter.Value).Distinct()];

    public void Dispose()
    {
        foreach (var (parameter, value) in _values)
        {
            parameter.Bind(value);
        }

        // Train(…) sets inner modules too; outer modules come first, so that each inner one is restored last.
        foreach (var (module, isTraining) in _modes)
        {
            module.Train(isTraining);
        }
    }

    private static IEnumerable<Module> SelfAndDescendants(Module module) => module.Children.SelectMany(SelfAndDescendants).Prepend(module);
}
