using System.Runtime.CompilerServices;
using DeepNotes.Backends;
using DeepNotes.Functions;
using Onnx;

namespace DeepNotes;

/// <summary>
/// Goes from what came out of a network back to what went in. A value is the output of a layer that ONNX has an operator for,
/// of an operation within another layer, or a constant.
/// </summary>
internal sealed class NetworkTranslation
{
    // The format's own limit of one file, and room for all that is not weights.
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

    // The layer whose formula a value belongs to; what it was given belongs to the one outside.
    private sealed record Owner(LayerCall Call, string Path, Owner? Outer);

    // How a value is written once its inputs are.
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

    // Without recursion: an unrolled sequence is deeper than a stack.
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

        // From the outside in: the first layer that is written as a whole ends the search.
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

    // Lengths of an example go into the nodes of a layer, all but the batch's.
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

        // A state that begins with zeros, channels of zeros: one number in a shape that follows the batch.
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
