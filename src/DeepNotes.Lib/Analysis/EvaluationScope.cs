namespace DeepNotes;

/// <summary>
/// A network in evaluation, with stand-ins for its parameters. Given back, it is exactly as before: the same tensors with
/// the same gradients, each module in its own mode; whatever happened in between.
/// </summary>
internal sealed class EvaluationScope : IDisposable
{
    private readonly List<(Module Module, bool IsTraining)> _modes;
    private readonly List<(Parameter Parameter, Tensor Value)> _values;

    /// <summary>Borrows a network whose parameters are constants: only what is asked for gets a gradient.</summary>
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

    /// <summary>The parameters' values, a shared one once.</summary>
    public static IReadOnlyList<Tensor> ParameterValues(Layer network) => [.. network.Parameters.Select(parameter => parameter.Value).Distinct()];

    public void Dispose()
    {
        foreach (var (parameter, value) in _values)
        {
            parameter.Bind(value);
        }

        // Outer modules come first, so that an inner one has the last word on itself.
        foreach (var (module, isTraining) in _modes)
        {
            module.Train(isTraining);
        }
    }

    private static IEnumerable<Module> SelfAndDescendants(Module module) => module.Children.SelectMany(SelfAndDescendants).Prepend(module);
}
