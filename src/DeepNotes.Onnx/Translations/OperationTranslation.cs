using DeepNotes.Backends;
using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>An operation between layers, as recorded for both batch sizes.</summary>
internal sealed record RecordedOperation(
    OnnxNodes Nodes, Operation First, Operation Second, Traced Value, IReadOnlyList<Traced> Inputs, string[] Names)
{
    public string Add(string type, params IEnumerable<(string Name, object Value)> attributes) => Nodes.Add(type, Names, attributes);
}

/// <summary>Translates tensor operations, by the names under which they are recorded.</summary>
internal static class OperationTranslation
{
    /// <summary>Writes nodes and returns the name of the value, or null for an operation without a translation.</summary>
    public static string? Write(RecordedOperation step) => step.First.Argument is IUnaryOp function
        ? FunctionTranslation.Write(function, step.Nodes, step.Names[0])
        : step.First.Name switch
        {
            "Add" => step.Add("Add"),
            "Subtract" => step.Add("Sub"),
            "Multiply" => step.Add("Mul"),
            "Divide" => step.Add("Div"),
            "Pow" => step.Add("Pow"),
            "Maximum" => step.Add("Max"),
            "MatMul" or "Affine" => Product(step),
            "Sum" => Reduced(step, axis => step.Nodes.Add("ReduceSum", [step.Names[0], step.Nodes.Constant("Axis", axis)])),
            "Max" => Reduced(step, axis => step.Add("ReduceMax", ("axes", new[] { axis }))),
            "Softmax" => Softmax(step),
            "LogSoftmax" => step.Add("LogSoftmax", ("axis", -1L)),
            "Reshape" => step.Nodes.Add("Reshape", [step.Names[0], Lengths(step)]),
            "Expand" => step.Nodes.Add("Expand", [step.Names[0], step.Nodes.Lengths(step.Value)]),
            "Permute" => step.Add("Transpose", ("perm", Array.ConvertAll((int[])step.First.Argument!, axis => (long)axis))),
            "Concatenate" => Concatenated(step),
            "Slice" or "Part" => Sliced(step),
            "Split" or "Copy" => step.Names[0],
            "Convolve" => Convolved(step, (Filters)step.First.Argument!),
            "MaxPool" => step.Add("MaxPool", WindowTranslation.Attributes((Window)step.First.Argument!)),
            "Unfold" => WindowTranslation.Unfold(step.Nodes, step.Names[0], (Window)step.First.Argument!),
            _ => null,
        };

    private static string Product(RecordedOperation step)
    {
        var (isTransposedA, isTransposedB) = ((bool, bool))step.First.Argument!;
        var product = step.Nodes.Add("MatMul", [Operand(0, isTransposedA), Operand(1, isTransposedB)]);
        return step.Names.Length == 2 ? product : step.Nodes.Add("Add", [product, step.Names[2]]);

        string Operand(int index, bool isTransposed)
        {
            var axes = step.Inputs[index].First.Shape.Count;
            long[] transposed = [.. Enumerable.Range(0, axes - 2), axes - 1, axes - 2];
            return isTransposed ? step.Nodes.Add("Transpose", [step.Names[index]], ("perm", transposed)) : step.Names[index];
        }
    }

    private static string Softmax(RecordedOperation step)
    {
        var (axis, temperature) = ((int, float))step.First.Argument!;
        return step.Nodes.Add("Softmax", [step.Nodes.DividedBy(step.Names[0], temperature)], ("axis", (long)axis));
    }

    private static string Convolved(RecordedOperation step, Filters filters) =>
        step.Add("Conv", [.. WindowTranslation.Attributes(filters.Window), ("group", (long)filters.Groups)]);

    // The reduced axis is the one whose length changed to 1; without one, a single value was reduced.
    private static string Reduced(RecordedOperation step, Func<long, string> write) =>
        Changed(step.Inputs[0], step.Value) is { } axis ? write(axis) : step.Names[0];

    private static string Concatenated(RecordedOperation step) =>
        step.Inputs.Select(part => Changed(part, step.Value)).FirstOrDefault(axis => axis is not null) is { } axis
            ? step.Add("Concat", ("axis", (long)axis))
            : step.Names[0];

    private static string? Sliced(RecordedOperation step)
    {
        if (Changed(step.Inputs[0], step.Value) is not { } axis)
        {
            return step.Names[0];
        }

        var (start, length) = (Start(step.First, axis), step.Value.First.Shape[axis]);
        return start == Start(step.Second, axis) && length == step.Value.Second.Shape[axis]
            ? step.Nodes.Add("Slice", [step.Names[0], Number("Start", start), Number("End", start + length), Number("Axis", axis)])
            : null;

        string Number(string name, long value) => step.Nodes.Constant(name, value);

        static long Start(Operation operation, int axis) => operation.Argument is View part ? part.Offset / part.Strides[axis] : 0;
    }

    // An axis that depends on the batch is 0 (copied) if the input has the same, else -1 (inferred).
    private static string Lengths(RecordedOperation step)
    {
        var (x, y) = (step.Inputs[0], step.Value);
        var follows = Enumerable.Range(0, y.First.Shape.Count).Where(axis => y.First.Shape[axis] != y.Second.Shape[axis]).ToList();
        return follows.Count > 1
            ? step.Nodes.Lengths(y)
            : step.Nodes.Constant("Shape", [.. y.First.Shape.Select((length, axis) => follows.Contains(axis) ? IsKept(axis) ? 0L : -1L : length)]);

        bool IsKept(int axis) => axis < x.First.Shape.Count && x.First.Shape[axis] == y.First.Shape[axis] && x.Second.Shape[axis] == y.Second.Shape[axis];
    }

    private static int? Changed(Traced from, Traced to)
    {
        for (var axis = 0; axis < to.First.Shape.Count; axis++)
        {
            if (from.First.Shape[axis] != to.First.Shape[axis] || from.Second.Shape[axis] != to.Second.Shape[axis])
            {
                return axis;
            }
        }

        return null;
    }
}
