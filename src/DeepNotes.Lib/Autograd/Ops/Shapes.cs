using System.Runtime.CompilerServices;
using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// The same values in another shape of as many elements; one axis may be -1 and is worked out. Both share one memory:
    /// changing one in place changes the other.
    /// </summary>
    /// <exception cref="ShapeException">
    /// The number of elements differs, or more than one axis is to be worked out, or one beside an axis of length 0.
    /// </exception>
    [OverloadResolutionPriority(1)]
    public Tensor Reshape(params ReadOnlySpan<int> lengths) => Reshape(Resolved(lengths));

    /// <inheritdoc cref="Reshape(ReadOnlySpan{int})"/>
    public Tensor Reshape(Shape shape)
    {
        if (shape.Elements != Length)
        {
            throw new ShapeException($"Reshape: {Shape} has {Length} elements, {shape} has {shape.Elements}.");
        }

        var y = new Tensor(shape, Device, Buffer);
        return IsRecorded(this) ? Record("Reshape", y, [this], ReshapeBack) : y;
    }

    private Shape Resolved(ReadOnlySpan<int> lengths)
    {
        var (known, unknown) = (1L, lengths.IndexOf(-1));
        if (unknown < 0)
        {
            return Shape.Create(lengths);
        }

        for (var i = 0; i < lengths.Length; i++)
        {
            known *= i == unknown ? 1 : lengths[i] >= 0 ? lengths[i] : throw new ShapeException(
                $"Reshape: expected lengths of 0 or more and one -1 at most, the axis that is worked out, got {Text(lengths)}.");
        }

        if (known == 0 ? Length > 0 : Length % known > 0)
        {
            throw new ShapeException($"Reshape: {Shape} has {Length} elements, {Text(lengths)} takes a multiple of {known}.");
        }

        if (known == 0)
        {
            throw new ShapeException($"Reshape: {Shape} has 0 elements, and the -1 of {Text(lengths)} may be any number; give all lengths.");
        }

        var resolved = lengths.ToArray();
        resolved[unknown] = (int)(Length / known);
        return resolved;

        static string Text(ReadOnlySpan<int> lengths) => $"[{string.Join(", ", lengths.ToArray())}]";
    }

    private Tensor?[] ReshapeBack(Tensor dy) => [dy.Reshape(Shape)];

    // The same values in memory of their own.
    internal Tensor Copy() => Record("Copy", Read(Shape, Whole()), [this], dy => [dy]);

    /// <summary>The axes in another order: y[i₂, i₀, …] = x[i₀, i₁, i₂, …] for axes (2, 0, …); dx is dy put back.</summary>
    public Tensor Permute(params int[] axes)
    {
        var (lengths, steps, back, strides) = (new int[axes.Length], new int[axes.Length], new int[axes.Length], Shape.Strides());
        for (var i = 0; i < axes.Length; i++)
        {
            if (axes.Length != Shape.Count || axes[i] < 0 || axes[i] >= axes.Length || Array.IndexOf(axes, axes[i]) != i)
            {
                throw new ShapeException($"Permute: ({string.Join(", ", axes)}) is no order of the {Shape.Count} axes of {Shape}.");
            }

            (lengths[i], steps[i], back[axes[i]]) = (Shape[axes[i]], strides[axes[i]], i);
        }

        var y = Read(lengths, new View(0, lengths, steps));
        return Record("Permute", y, [this], axes, dy => [dy.Permute(back)]);
    }

    /// <summary>xᵀ of a matrix.</summary>
    /// <exception cref="ShapeException">No matrix: other axes are put in order by <see cref="Permute"/>.</exception>
    public Tensor Transpose() => Shape.Count == 2
        ? Permute(1, 0)
        : throw new ShapeException($"Transpose: expected a matrix [M, N], got {Shape}; Permute puts other axes in order.");

    /// <summary>Repeats axes of length 1 up to a larger shape; dx sums what was repeated.</summary>
    public Tensor Expand(Shape shape)
    {
        if (Shape.Broadcast(Shape, shape, "Expand") != shape)
        {
            throw new ShapeException($"Expand: {Shape} does not repeat into {shape}.");
        }

        var y = Read(shape, new View(0, [.. shape], Shape.StridesWithin(shape)));
        return IsRecorded(this) ? Record("Expand", y, [this], static dy => [dy]) : y;
    }

    /// <summary>Elements start … start+count-1 of one axis; dx is dy there and 0 elsewhere.</summary>
    public Tensor Slice(int axis, int start, int count)
    {
        axis = Shape.Axis(axis, "Slice");
        if (start < 0 || count < 0 || start + count > Shape[axis])
        {
            throw new ShapeException($"Slice: elements {start} to {start + count - 1} of axis {axis} of shape {Shape}.");
        }

        var shape = Shape.With(axis, count);
        var strides = Shape.Strides();
        return Cut("Slice", shape, new View(start * strides[axis], [.. shape], strides));
    }

    // What a view sees, in memory of its own; and the other way, zeros with this where a view looks. Each is the other's
    // gradient.
    private Tensor Cut(string name, Shape shape, View part)
    {
        var y = Read(shape, part);
        return IsRecorded(this) ? RecordCut(name, y, part) : y;
    }

    private Tensor RecordCut(string name, Tensor y, View part) => Record(name, y, [this], part, dy => [dy.Within("Pad", Shape, part)]);

    private Tensor Within(string name, Shape shape, View part)
    {
        var y = Full(shape, 0, Device);
        Backend.Copy(Buffer, Whole(), y.Buffer, part);
        return IsRecorded(this) ? RecordWithin(name, y, part) : y;
    }

    private Tensor RecordWithin(string name, Tensor y, View part) => Record(name, y, [this], part, dy => [dy.Cut("Slice", Shape, part)]);

    /// <summary>
    /// An axis in equal parts. All parts write their gradients into one tensor, which is dx: slices one by one would each
    /// make a whole one, and a sequence of T steps would cost T² (as it does where the pass creates a graph).
    /// </summary>
    /// <exception cref="ShapeException">The axis does not fall into so many parts.</exception>
    public Tensor[] Split(int axis, int parts)
    {
        axis = Shape.Axis(axis, "Split");
        if (parts < 1 || Shape[axis] % parts != 0)
        {
            throw new ShapeException($"Split: axis {axis} of {Shape} does not fall into {parts} equal parts.");
        }

        // Nobody else has it, so that the parts' gradients may be written into its gradient.
        var whole = Record("Split", new Tensor(Shape, Device, Buffer), [this], static dx => [dx]);
        var (shape, strides, split) = (Shape.With(axis, Shape[axis] / parts), Shape.Strides(), new Tensor[parts]);
        for (var i = 0; i < parts; i++)
        {
            var part = new View(i * shape[axis] * strides[axis], [.. shape], strides);
            split[i] = Read(shape, part);
            if (IsRecorded(whole))
            {
                split[i].MadeBy(new PartOperation(whole, part));
            }
        }

        return split;
    }

    /// <summary>One part of a tensor that was split.</summary>
    private sealed class PartOperation(Tensor whole, View part) : Operation("Part", [whole], dy => [dy.Within("Pad", whole.Shape, part)])
    {
        private readonly View _part = part;

        internal override object? Argument => _part;

        /// <summary>The gradient of the whole with this part's in its place.</summary>
        public Tensor AddTo(Tensor? sum, Tensor dy)
        {
            sum ??= Full(Operands[0].Shape, 0, dy.Device);
            dy.Backend.Copy(dy.Buffer, dy.Whole(), sum.Buffer, _part);
            return sum;
        }
    }

    /// <summary>The rows (first axis) at these positions, repeats allowed; dx adds each row's gradient back.</summary>
    public Tensor Rows(int[] indices)
    {
        Labels.CheckIndices("Rows", indices, Shape[Shape.Axis(0, "Rows")]);
        return Gather([.. indices]);
    }

    // Rows at fixed positions; and in reverse, rows added up at their positions. Each is the
    // other's gradient.
    private Tensor Gather(int[] indices)
    {
        var y = Empty(Shape.With(0, indices.Length), Device);
        Backend.Gather(Buffer, indices, Length / Math.Max(1, Shape[0]), y.Buffer);
        return Record("Rows", y, [this], dy => [dy.ScatterAdd(Shape, indices)]);
    }

    private Tensor ScatterAdd(Shape shape, int[] indices)
    {
        var y = Full(shape, 0, Device);
        Backend.ScatterAdd(Buffer, indices, shape.Elements / Math.Max(1, shape[0]), y.Buffer);
        return IsRecorded(this) ? RecordScatterAdd(y, indices) : y;
    }

    private Tensor RecordScatterAdd(Tensor y, int[] indices) => Record("Rows gradient", y, [this], dy => [dy.Gather(indices)]);

    /// <summary>The positions of an axis in another order, repeats allowed: <see cref="Rows"/> along any axis.</summary>
    public Tensor Take(int axis, int[] indices)
    {
        axis = Shape.Axis(axis, "Take");
        Labels.CheckIndices("Take", indices, Shape[axis]);
        var (outer, _) = Shape.Around(axis);
        int[] rows = [.. Enumerable.Range(0, outer).SelectMany(o => indices.Select(index => o * Shape[axis] + index))];
        return Reshape([outer * Shape[axis], .. Shape.Skip(axis + 1)]).Gather(rows).Reshape(Shape.With(axis, indices.Length));
    }

    /// <summary>Images [N, C, H, W] with rows and columns around them; dx is dy inside, and what was repeated adds up at the edge.</summary>
    public Tensor Pad(int top, int bottom, int left, int right, PaddingMode mode = PaddingMode.Zero)
    {
        if (Shape.Count != 4 || top < 0 || bottom < 0 || left < 0 || right < 0)
        {
            throw new ShapeException($"Pad: expected images [N, C, H, W] and sizes of 0 or more, got {Shape} and {top}, {bottom}, {left}, {right}.");
        }

        if (mode == PaddingMode.Replicate)
        {
            if (Shape[2] == 0 || Shape[3] == 0)
            {
                throw new ShapeException($"Pad: expected images of at least one row and column to repeat, got {Shape}.");
            }

            return Take(2, Clamped(top, bottom, Shape[2])).Take(3, Clamped(left, right, Shape[3]));
        }

        Shape padded = [Shape[0], Shape[1], Shape[2] + top + bottom, Shape[3] + left + right];
        return Within("Pad", padded, new View(top * padded[3] + left, [.. Shape], padded.Strides()));
    }

    /// <summary>Joined along an axis, all other lengths equal; each input's gradient is its part of dy.</summary>
    /// <exception cref="ShapeException">Nothing to join, or other axes differ.</exception>
    public static Tensor Concatenate(int axis, params Tensor[] parts)
    {
        parts = [.. parts];
        var first = parts.FirstOrDefault() ?? throw new ShapeException("Concatenate: expected at least one tensor, got none.");
        axis = first.Shape.Axis(axis, "Concatenate");
        if (parts.Any(part => part.Shape.Count != first.Shape.Count || part.Shape.With(axis, 0) != first.Shape.With(axis, 0)))
        {
            throw new ShapeException(
                $"Concatenate: expected shapes that differ in axis {axis} alone, got {string.Join(", ", parts.Select(part => part.Shape))}.");
        }

        var y = Empty(first.Shape.With(axis, parts.Sum(part => part.Shape[axis])), first.Device);
        var (strides, start) = (y.Shape.Strides(), 0);
        foreach (var part in parts)
        {
            first.CheckDevice("Concatenate", part);
            y.Backend.Copy(part.Buffer, part.Whole(), y.Buffer, new View(start * strides[axis], [.. part.Shape], strides));
            start += part.Shape[axis];
        }

        return Record("Concatenate", y, parts, dy => Apart(dy, axis, parts));
    }

    private static Tensor?[] Apart(Tensor dy, int axis, Tensor[] parts)
    {
        var (slices, start) = (new Tensor?[parts.Length], 0);
        for (var i = 0; i < parts.Length; i++)
        {
            slices[i] = parts[i].RequiresGradient ? dy.Slice(axis, start, parts[i].Shape[axis]) : null;
            start += parts[i].Shape[axis];
        }

        return slices;
    }

    /// <summary>Tensors of one shape along a new axis: S, S, S to [3, S] for axis 0, to [S, 3] for axis -1.</summary>
    /// <exception cref="ShapeException">Nothing to stack, shapes that differ, or no such axis of the result.</exception>
    public static Tensor Stack(int axis, params Tensor[] parts)
    {
        var shape = parts.FirstOrDefault()?.Shape ?? throw new ShapeException("Stack: expected at least one tensor, got none.");
        if (parts.Any(part => part.Shape != shape))
        {
            throw new ShapeException($"Stack: expected tensors of one shape, got {string.Join(", ", parts.Select(part => part.Shape))}.");
        }

        Shape stacked = [parts.Length, .. shape];
        var position = stacked.Axis(axis, "Stack");
        return Concatenate(position, [.. parts.Select(part => part.Reshape([.. shape.Take(position), 1, .. shape.Skip(position)]))]);
    }

    /// <summary>y[i] = x[i, columns[i]] for x [N, C]: the score of each sample's own class.</summary>
    public Tensor Pick(int[] columns)
    {
        var (rows, width) = MatrixShape("Pick");
        Labels.Check("Pick", columns, rows, width);
        int[] flat = [.. columns.Select((column, row) => row * width + column)];
        return Reshape(rows * width).Gather(flat);
    }

    private static int[] Clamped(int before, int after, int length) =>
        [.. Enumerable.Range(-before, before + length + after).Select(i => Math.Clamp(i, 0, length - 1))];

    private View Whole() => new(0, [.. Shape], Shape.Strides());

    private Tensor Read(Shape shape, View from)
    {
        var y = Empty(shape, Device);
        Backend.Copy(Buffer, from, y.Buffer, new View(0, from.Lengths, shape.Strides()));
        return y;
    }
}
