using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>The same values in another shape of as many elements; one axis may be -1 and is worked out.</summary>
    /// <exception cref="ShapeException">The number of elements differs.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> lengths)
    {
        var unknown = lengths.IndexOf(-1);
        if (unknown < 0)
        {
            return Reshape(Shape.Create(lengths));
        }

        var known = 1;
        foreach (var length in lengths)
        {
            known *= length == -1 ? 1 : length;
        }

        var resolved = lengths.ToArray();
        resolved[unknown] = known == 0 ? 0 : Length / known;
        return Reshape(resolved);
    }

    /// <inheritdoc cref="Reshape(ReadOnlySpan{int})"/>
    public Tensor Reshape(Shape shape)
    {
        if (shape.Length != Length)
        {
            throw new ShapeException($"Reshape: {Shape} has {Length} elements, {shape} has {shape.Length}.");
        }

        return Record("Reshape", new Tensor(shape, Device, Buffer), [this], dy => [dy.Reshape(Shape)]);
    }

    /// <summary>The axes in another order: y[i₂, i₀, …] = x[i₀, i₁, i₂, …] for axes (2, 0, …); dx is dy put back.</summary>
    public Tensor Permute(params int[] axes)
    {
        if (!axes.Order().SequenceEqual(Enumerable.Range(0, Shape.Count)))
        {
            throw new ShapeException($"Permute: ({string.Join(", ", axes)}) is no order of the {Shape.Count} axes of {Shape}.");
        }

        Shape shape = Array.ConvertAll(axes, axis => Shape[axis]);
        var strides = Shape.Strides();
        var y = Read(shape, new View(0, [.. shape], Array.ConvertAll(axes, axis => strides[axis])));
        var back = new int[axes.Length];
        for (var i = 0; i < axes.Length; i++)
        {
            back[axes[i]] = i;
        }

        return Record("Permute", y, [this], dy => [dy.Permute(back)]);
    }

    /// <summary>xᵀ of a matrix.</summary>
    public Tensor Transpose() => Permute(1, 0);

    /// <summary>Repeats axes of length 1 up to a larger shape; dx sums what was repeated.</summary>
    public Tensor Expand(Shape shape)
    {
        if (Shape.Broadcast(Shape, shape, "Expand") != shape)
        {
            throw new ShapeException($"Expand: {Shape} does not repeat into {shape}.");
        }

        var y = Read(shape, new View(0, [.. shape], Shape.StridesWithin(shape)));
        return Record("Expand", y, [this], dy => [dy]);
    }

    /// <summary>Elements start … start+count-1 of one axis; dx is dy there and 0 elsewhere.</summary>
    public Tensor Slice(int axis, int start, int count)
    {
        axis = Shape.Axis(axis);
        if (start < 0 || count < 0 || start + count > Shape[axis])
        {
            throw new ShapeException($"Slice: elements {start} to {start + count - 1} of axis {axis} of shape {Shape}.");
        }

        var shape = Shape.With(axis, count);
        var strides = Shape.Strides();
        var part = new View(start * strides[axis], [.. shape], strides);
        return Record("Slice", Read(shape, part), [this], dy =>
        {
            var dx = Full(Shape, 0, Device);
            Backend.Copy(dy.Buffer, new View(0, part.Lengths, shape.Strides()), dx.Buffer, part);
            return [dx];
        });
    }

    /// <summary>The rows (first axis) at these positions, repeats allowed; dx adds each row's gradient back.</summary>
    public Tensor Rows(int[] indices)
    {
        Labels.Check("Rows", indices, indices.Length, Shape[0]);
        var width = Length / Math.Max(1, Shape[0]);
        var y = Empty(Shape.With(0, indices.Length), Device);
        Backend.Gather(Buffer, indices, width, y.Buffer);
        return Record("Rows", y, [this], dy =>
        {
            var dx = Full(Shape, 0, Device);
            Backend.ScatterAdd(dy.Buffer, indices, width, dx.Buffer);
            return [dx];
        });
    }

    /// <summary>y[i] = x[i, columns[i]] for x [N, C]: the score of each sample's own class.</summary>
    public Tensor Pick(int[] columns)
    {
        var (rows, width) = MatrixShape("Pick");
        Labels.Check("Pick", columns, rows, width);
        int[] flat = [.. columns.Select((column, row) => row * width + column)];
        return Reshape(rows * width).Rows(flat);
    }

    private Tensor Read(Shape shape, View from)
    {
        var y = Empty(shape, Device);
        Backend.Copy(Buffer, from, y.Buffer, new View(0, from.Lengths, shape.Strides()));
        return y;
    }
}
