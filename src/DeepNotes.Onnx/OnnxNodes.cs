namespace DeepNotes;

/// <summary>Writes the nodes of one layer; their names begin with its path.</summary>
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

    /// <summary>The shape of the layer's input for an example batch; the batch size in the file is variable.</summary>
    public Shape InputShape { get; }

    /// <summary>The shape of the layer's output for the same batch.</summary>
    public Shape OutputShape { get; }

    /// <summary>Adds a node with one output and returns the name of the output.</summary>
    /// <param name="type">An operator of ONNX operator set 17, such as <c>Relu</c>.</param>
    /// <param name="inputs">The names of the inputs, in the order of the operator; an empty name omits an optional input.</param>
    /// <param name="attributes">The attributes: integers, <c>float</c>, <c>string</c>, <c>long[]</c> or <c>string[]</c>.</param>
    /// <exception cref="ArgumentException">An attribute is of another type.</exception>
    public string Add(string type, IEnumerable<string> inputs, params IEnumerable<(string Name, object Value)> attributes) =>
        _graph.Add(FullName(type), type, inputs, attributes);

    /// <summary>Adds a constant tensor under a name, such as <c>Weight</c>; the same tensor is stored once.</summary>
    public string Constant(string name, Tensor values) => _graph.Constant(FullName(name), values);

    /// <summary>Adds a constant of integers under a name, such as axes, lengths or indices.</summary>
    public string Constant(string name, params long[] values) => _graph.Constant(FullName(name), values);

    /// <summary>The writer for an inner layer that is not called separately.</summary>
    internal OnnxNodes Within(string child) => new(_graph, FullName(child), InputShape, OutputShape);

    /// <summary>Adds a constant scalar.</summary>
    internal string Number(string name, float value) => Constant(name, Tensor.Scalar(value));

    /// <summary>The lengths of the axes of a value, computed from those of the input if they depend on the batch.</summary>
    internal string Lengths(Traced value) => _graph.Lengths(FullName("Shape"), value);

    private string FullName(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
