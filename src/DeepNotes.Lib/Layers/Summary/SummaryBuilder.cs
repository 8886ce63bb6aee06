using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Builds a <see cref="NetworkSummary"/> by running the network on <see cref="ShapeBackend"/> and recording each layer.</summary>
internal sealed class SummaryBuilder
{
    private readonly ShapeBackend _backend = new();
    private readonly List<LayerSummary> _layers = [];
    private readonly Dictionary<Module, string> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, ReceptiveField?> _fields = new(ReferenceEqualityComparer.Instance);
    private long _multiplied;

    public static NetworkSummary Of(Layer network, Shape input)
    {
        var builder = new SummaryBuilder();
        builder.Name(network, "");
        builder.OnShapesAlone(network, () => builder.Run(network, input));
        return new NetworkSummary(network, input, builder._layers, builder._backend.MultiplyAccumulates);
    }

    /// <summary>Of all matrix products there and back, as a training goes: the input itself needs no gradient.</summary>
    public static long TrainingMultiplyAccumulates(Layer network, Shape input)
    {
        var builder = new SummaryBuilder();
        builder.OnShapesAlone(network, () =>
        {
            var y = network.Forward(Tensor.Zeros(input));
            if (y.RequiresGradient)
            {
                y.Backward(Tensor.Zeros(y.Shape));
            }
        });
        return builder._backend.MultiplyAccumulates;
    }

    private void OnShapesAlone(Layer network, Action run)
    {
        using var device = new Device(_backend).Use();
        var wasTraining = network.IsTraining;
        network.Train(false);
        try
        {
            run();
        }
        finally
        {
            network.Train(wasTraining);
        }
    }

    private void Run(Layer network, Shape input)
    {
        using var watch = Layer.Watch(See);

        // Recorded, because the record has the inputs of sums and concatenations.
        var x = Tensor.Zeros(input).RequireGradient();
        _fields[x] = input.Count == 4 ? ReceptiveField.OfImage : null;
        network.Forward(x);
    }

    private void See(Layer layer, Tensor x, Tensor y)
    {
        var multiplied = _backend.MultiplyAccumulates - _multiplied;
        _multiplied = _backend.MultiplyAccumulates;
        var isCounted = !layer.Children.Any() || multiplied > 0;
        var field = _fields[y] = Behind(layer, isCounted && !ReferenceEquals(x, y) ? x : y, y.Shape);
        if (isCounted)
        {
            var isNew = !ReferenceEquals(y.Buffer, x.Buffer) && !layer.IsElementwise;
            _layers.Add(new LayerSummary(
                _paths.GetValueOrDefault(layer, ""), layer, y.Shape, OwnParameters(layer), multiplied, isNew ? y.Length : 0, field));
        }
    }

    private ReceptiveField? Behind(Layer layer, Tensor seen, Shape output) => output.Count != 4 || layer is GlobalAveragePool or GlobalMaxPool
        ? null
        : layer is IWindowed window ? Field(seen)?.Behind(window) : Field(seen);

    // What is not a layer's output was made from such outputs: a residual's sum, joined branches.
    private ReceptiveField? Field(Tensor tensor)
    {
        if (_fields.TryGetValue(tensor, out var known))
        {
            return known;
        }

        var fields = (tensor.Source?.Inputs ?? []).Where(input => input.Source is not null || _fields.ContainsKey(input)).Select(Field).ToList();
        return _fields[tensor] = fields.Count > 0 && fields.TrueForAll(field => field is not null)
            ? fields.Aggregate((a, b) => a!.Value.Union(b!.Value))
            : null;
    }

    private static long OwnParameters(Layer layer) => layer.ParameterCount - layer.Children.Sum(child => child.ParameterCount);

    private void Name(Module module, string path)
    {
        _paths.TryAdd(module, path);
        foreach (var (name, child) in module.NamedChildren)
        {
            Name(child, path.Length == 0 ? name : $"{path}.{name}");
        }
    }
}
