using System.Runtime.CompilerServices;
using DeepNotes.Backends;
using DeepNotes.Functions;
using Onnx;

namespace DeepNotes;

/// <summary>
/// Translates a network to ONNX, from its output back to its input. Each value is the output of a layer for which ONNX has an
/// operator, the output of an operation within another layer, or a constant.
/// </summary>
internal sealed class NetworkTranslation
{
    // The limit of 2 GiB for a protobuf file, less a reserve for everything but the weights.
    private const long MaxBytes = int.MaxValue - (1 << 24);

    private readonly NetworkTrace _trace;
    private readonly OnnxGraph _graph = new();
    private readonly Dictionary<Tensor, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, string> _weights = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Module, string> _paths = new(ReferenceEqualityComparer.Instance);

    private NetworkTranslation(Layer network, NetworkTrace trace)
    {
        _trace = trace;
        Name(network, "");
        foreach (var (name, parameter) in network.NamedParameters)
        {
            _weights.TryAdd(parameter.Value, name);
        }

        foreach (var (name, statistic) in network.NamedStatistics)
        {
            _weights.TryAdd(statistic.Value, name);
        }
    }

    // The layer in which a value is computed; the input of the layer belongs to the enclosing one.
    private sealed record Owner(LayerCall Call, string Path, Owner? Outer);

    // Writes a value, after its inputs have been written.
    private sealed record Step(Traced Value, IReadOnlyList<Traced> Inputs, Owner? Owner, Func<string[], string> Write);

    public static ModelProto Of(Layer network, Shape input)
    {
        var bytes = network.ParameterCount * sizeof(float);
        if (bytes > MaxBytes)
        {
            throw new OnnxException($"{network} has {bytes:N0} bytes of weights; an ONNX file holds at most {MaxBytes:N0}.");
        }

        var translation = new NetworkTranslation(network, NetworkTrace.Of(network, input));
        return translation.Translate();
    }

    // With an explicit stack: recursion over an unrolled sequence would overflow the call stack.
    private ModelProto Translate()
    {
        _names[_trace.Input.First] = OnnxGraph.Input;
        var stack = new Stack<Step>([StepOf(_trace.Output, null)]);
        while (stack.TryPeek(out var step))
        {
            var missing = step.Inputs.Where(input => !_names.ContainsKey(input.First)).ToList();
            missing.Reverse();
            missing.ForEach(input => stack.Push(StepOf(input, step.Owner)));
            if (missing.Count == 0)
            {
                stack.Pop();
                if (!_names.ContainsKey(step.Value.First))
                {
                    _names[step.Value.First] = step.Write([.. step.Inputs.Select(input => _names[input.First])]);
                }
            }
        }

        return _graph.ToModel(_trace.Input, _trace.Output, _names[_trace.Output.First]);
    }

    private Step StepOf(Traced value, Owner? owner)
    {
        while (owner is not null && ReferenceEquals(owner.Call.Input.First, value.First))
        {
            owner = owner.Outer;
        }

        if (_names.TryGetValue(value.First, out var known))
        {
            return new Step(value, [], owner, _ => known);
        }

        // From the outermost layer inwards, up to the first that is written as a whole.
        foreach (var call in _trace.Calls(value.First).Reverse())
        {
            var path = _paths.GetValueOrDefault(call.Layer) ?? PathWithin(owner, call.Layer.GetType().Name);
            if (LayerTranslation.Of(call.Layer) is { } write)
            {
                CheckBatchFirst(call, path);
                var nodes = new OnnxNodes(_graph, path, call.Input.First.Shape, call.Output.First.Shape);
                return new Step(value, [call.Input], owner, names => write(nodes, names[0]));
            }

            owner = new Owner(call, path, owner);
        }

        return value.First.Source is { } operation
            ? StepOf(operation, value, owner)
            : new Step(value, [], owner, _ => Constant(value, owner));
    }

    private Step StepOf(Operation operation, Traced value, Owner? owner)
    {
        if (value.Second.Source is not { } second || !IsSame(operation, second))
        {
            throw new OnnxException(
                $"{Describe(owner)} computes {operation.Name} for a batch of {NetworkTrace.FirstBatch}, and something else for one of "
                + $"{NetworkTrace.SecondBatch}; a file has one way for all.");
        }

        Traced[] inputs = [.. operation.Inputs.Zip(second.Inputs, (a, b) => new Traced(a, b))];
        var nodes = new OnnxNodes(_graph, owner?.Path ?? "", inputs[0].First.Shape, value.First.Shape);
        return new Step(value, inputs, owner, names =>
            OperationTranslation.Write(new RecordedOperation(nodes, operation, second, value, inputs, names)) ?? throw new OnnxException(
                $"{Describe(owner)} computes {operation.Name} of {string.Join(", ", inputs.Select(input => input.First.Shape))}, which is not written as ONNX. "
                + $"Compute it from other operations or layers, or let {owner?.Call.Layer.GetType().Name ?? "the layer"} implement IOnnxLayer "
                + "and write its nodes itself."));
    }

    private static bool IsSame(Operation first, Operation second) =>
        first.Name == second.Name && first.Inputs.Count == second.Inputs.Count && (first.Argument, second.Argument) switch
        {
            (IUnaryOp or ITuple, var other) => first.Argument.Equals(other),
            (int[] axes, int[] others) => axes.AsSpan().SequenceEqual(others),
            (Window window, Window other) => window == other with { Images = window.Images },
            (Filters filters, Filters other) => filters.Window == other.Window with { Images = filters.Window.Images },
            _ => true,
        };

    // The nodes of a layer contain the lengths of all axes but the batch, which therefore must be the same in both traces.
    private static void CheckBatchFirst(LayerCall call, string path)
    {
        var (first, second) = (call.Input.First.Shape, call.Input.Second.Shape);
        if (first.Count > 0 && first.Without(0) != second.Without(0))
        {
            throw new OnnxException(
                $"layer \"{path}\", {call.Layer}, takes {first} for a batch of {NetworkTrace.FirstBatch} and {second} for one of "
                + $"{NetworkTrace.SecondBatch}; expected the batch in the first axis alone.");
        }
    }

    private string Constant(Traced value, Owner? owner)
    {
        var nodes = new OnnxNodes(_graph, owner?.Path ?? "", value.First.Shape, value.First.Shape);
        if (_weights.TryGetValue(value.First, out var weight))
        {
            return _graph.Constant(weight, value.First);
        }

        var (first, second) = (value.First.ToArray(), value.Second.ToArray());
        if (value.First.Shape == value.Second.Shape && first.AsSpan().SequenceEqual(second))
        {
            return nodes.Constant("Constant", value.First);
        }

        // A constant number in a shape that depends on the batch, such as an initial state of zeros.
        return value.First.Shape != value.Second.Shape && first.Concat(second).Distinct().Count() == 1
            ? nodes.Add("Expand", [nodes.Number("Constant", first[0]), nodes.Lengths(value)])
            : throw new OnnxException(
                $"{Describe(owner)} uses a tensor {value.First.Shape} that is neither a weight nor the same for every batch, and that no recorded operation made: "
                + "was it computed from values that ToArray() gave, or detached?");
    }

    private void Name(Module module, string path)
    {
        _paths.TryAdd(module, path);
        foreach (var (name, child) in module.NamedChildren)
        {
            Name(child, path.Length == 0 ? name : $"{path}.{name}");
        }
    }

    private static string PathWithin(Owner? owner, string name) => owner is null || owner.Path.Length == 0 ? name : $"{owner.Path}.{name}";

    private static string Describe(Owner? owner) => owner is null
        ? "the network"
        : $"layer {(owner.Path.Length == 0 ? "" : $"\"{owner.Path}\", ")}{owner.Call.Layer},";
}
