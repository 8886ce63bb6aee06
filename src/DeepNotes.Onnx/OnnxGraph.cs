using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static Onnx.AttributeProto.Types;

namespace DeepNotes;

/// <summary>Builds an ONNX graph with unique names.</summary>
internal sealed class OnnxGraph
{
    public const string Input = "input";
    public const string Output = "output";
    private const string Batch = "N";

    private readonly GraphProto _graph = new();
    private readonly HashSet<string> _names = [Input, Output];
    private readonly Dictionary<Tensor, string> _constants = new(ReferenceEqualityComparer.Instance);
    private string? _batch;

    public string Add(string name, string type, IEnumerable<string> inputs, IEnumerable<(string Name, object Value)> attributes)
    {
        name = Unique(name);
        var node = new NodeProto { Name = name, OpType = type, Output = { name } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(type, attribute.Name, attribute.Value)));
        _graph.Node.Add(node);
        return name;
    }

    public string Constant(string name, Tensor values)
    {
        if (!_constants.TryGetValue(values, out var known))
        {
            known = _constants[values] = Constant(
                name, TensorProto.Types.DataType.Float, [.. values.Shape.Select(length => (long)length)], MemoryMarshal.AsBytes<float>(values.ToArray()));
        }

        return known;
    }

    public string Constant(string name, long[] values) =>
        Constant(name, TensorProto.Types.DataType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values));

    /// <summary>The lengths of the axes of a value: a constant, or nodes if an axis is a multiple of the batch size.</summary>
    public string Lengths(string name, Traced value)
    {
        if (value.First.Shape == value.Second.Shape)
        {
            return Constant(name, [.. value.First.Shape.Select(length => (long)length)]);
        }

        var lengths = value.First.Shape.Zip(value.Second.Shape, (first, second) => first == second ? Constant(name, [first]) : Multiple(name, first, second));
        return Add(name, "Concat", [.. lengths], [("axis", 0L)]);
    }

    /// <summary>The model of this graph with the given result as its output.</summary>
    public ModelProto ToModel(Traced input, Traced output, string result)
    {
        NameOutput(result);
        _graph.Name = "network";
        _graph.Input.Add(ValueInfo(Input, input));
        _graph.Output.Add(ValueInfo(Output, output));
        return new ModelProto
        {
            IrVersion = 8,
            OpsetImport = { new OperatorSetIdProto { Version = 17 } },
            ProducerName = "DeepNotes",
            ProducerVersion = typeof(Layer).Assembly.GetName().Version!.ToString(fieldCount: 3),
            Graph = _graph,
        };
    }

    // The result of the last node has no other consumer, so that it can be renamed; an identity network has no such node.
    private void NameOutput(string result)
    {
        if (_graph.Node.LastOrDefault() is { } last && last.Output[0] == result)
        {
            last.Output[0] = Output;
        }
        else
        {
            _graph.Node.Add(new NodeProto { Name = Unique("Identity"), OpType = "Identity", Input = { result }, Output = { Output } });
        }
    }

    private string Multiple(string name, int first, int second)
    {
        var (times, rest) = Math.DivRem(first, NetworkTrace.FirstBatch);
        if (rest != 0 || second != times * NetworkTrace.SecondBatch)
        {
            throw new OnnxException(
                $"{name}: an axis is {first} long for a batch of {NetworkTrace.FirstBatch} and {second} for one of {NetworkTrace.SecondBatch}; "
                + "expected a multiple of the batch.");
        }

        _batch ??= Add("Batch", "Shape", [Input], [("start", 0L), ("end", 1L)]);
        return times == 1 ? _batch : Add(name, "Mul", [_batch, Constant(name, [times])], []);
    }

    private string Constant(string name, TensorProto.Types.DataType type, long[] lengths, ReadOnlySpan<byte> bytes)
    {
        name = Unique(name);
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, Dims = { lengths }, RawData = ByteString.CopyFrom(bytes) });
        return name;
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var i = 2; !_names.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }

    private static ValueInfoProto ValueInfo(string name, Traced value)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(value.First.Shape.Zip(value.Second.Shape, (first, second) => first == second
            ? new TensorShapeProto.Types.Dimension { DimValue = first }
            : (first, second) == (NetworkTrace.FirstBatch, NetworkTrace.SecondBatch) ? new() { DimParam = Batch } : new()));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }

    private static AttributeProto Attribute(string type, string name, object value) => value switch
    {
        int number => new AttributeProto { Name = name, Type = AttributeType.Int, I = number },
        long number => new AttributeProto { Name = name, Type = AttributeType.Int, I = number },
        float number => new AttributeProto { Name = name, Type = AttributeType.Float, F = number },
        string text => new AttributeProto { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(text) },
        long[] numbers => new AttributeProto { Name = name, Type = AttributeType.Ints, Ints = { numbers } },
        string[] texts => new AttributeProto { Name = name, Type = AttributeType.Strings, Strings = { texts.Select(ByteString.CopyFromUtf8) } },
        _ => throw new ArgumentException(
            $"SaveOnnx: attribute {name} of {type}: expected a whole number, float, string, long[] or string[], got {value.GetType().Name}."),
    };
}
