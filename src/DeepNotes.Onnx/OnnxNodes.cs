namespace DeepNotes;

/// <summary>Where the nodes of one layer are written: their names begin with its path.</summary>
public sealed class OnnxNodes
{
    private readonly OnnxGraph _graph;

    internal OnnxNodes(OnnxGraph graph, string path, Shape input, Shape output)
    {
        (_graph, Path) = (graph, path);
        (InputShape, OutputShape) = (input, output);
    }

    /// <summary>The path of the layer in the network: <c>1.Branch.0</c>; empty for the network itself.</summary>
    public string Path { get; }

    /// <summary>The shape of the layer's input. The length of the batch is an example: it may be any other.</summary>
    public Shape InputShape { get; }

    /// <summary>The shape of the layer's output, for that batch.</summary>
    public Shape OutputShape { get; }

    /// <summary>Adds a node of one output and gives the name of that.</summary>
    /// <param name="type">An operator of ONNX's operation set 17: <c>Relu</c>.</param>
    /// <param name="inputs">The names of its inputs, in its order; empty for one that is left out.</param>
    /// <param name="attributes">Its attributes: whole numbers, <c>float</c>, <c>string</c>, <c>long[]</c> or <c>string[]</c>.</param>
    /// <exception cref="ArgumentException">An attribute of another type.</exception>
    public string Add(string type, IEnumerable<string> inputs, params IEnumerable<(string Name, object Value)> attributes) =>
        _graph.Add(FullName(type), type, inputs, attributes);

    /// <summary>Adds values under a name, <c>Weight</c>; the same tensor again is there once.</summary>
    public string Constant(string name, Tensor values) => _graph.Constant(FullName(name), values);

    /// <summary>Adds whole numbers under a name: axes, lengths, indices.</summary>
    public string Constant(string name, params long[] values) => _graph.Constant(FullName(name), values);

    /// <summary>Where an inner layer is written that has no call of its own.</summary>
    internal OnnxNodes Within(string child) => new(_graph, FullName(child), InputShape, OutputShape);

    /// <summary>A single number, against which everything broadcasts.</summary>
    internal string Number(string name, float value) => Constant(name, Tensor.Scalar(value));

    /// <summary>The lengths of a shape, computed from the input's where they follow the batch.</summary>
    internal string Lengths(Traced value) => _graph.Lengths(FullName("Shape"), value);

    private string FullName(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
