using DeepNotes.Functions;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>The sum of all elements, a scalar; dx = dy everywhere.</summary>
    public Tensor Sum() => Reshape(Length).Sum(0);

    /// <summary>The mean of all elements; dx = dy / N. Zero elements give NaN.</summary>
    public Tensor Mean() => Sum() / Length;

    /// <summary>The largest of all elements, NaN if there is one.</summary>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public Tensor Max() => Reshape(Length).Max(0);

    /// <summary>Σ over one axis, which is dropped or kept with length 1; dx repeats dy along the axis.</summary>
    public Tensor Sum(int axis, bool keepAxis = false)
    {
        var y = Reduce<Add>(axis);
        y = IsRecorded(this) ? Record("Sum", y, [this], ExpandBack) : y;
        return keepAxis ? y : y.Reshape(Shape.Without(axis));
    }

    private Tensor?[] ExpandBack(Tensor dy) => [dy.Expand(Shape)];

    /// <summary>Σ/n over one axis.</summary>
    public Tensor Mean(int axis, bool keepAxis = false) => Sum(Shape.Axis(axis, "Mean"), keepAxis) / Shape[axis];

    /// <summary>The largest along one axis, NaN where there is one; the gradient is shared among equal ones, or goes to the NaNs.</summary>
    /// <exception cref="ShapeException">There is no such axis, or it has no values: nothing is their largest.</exception>
    public Tensor Max(int axis, bool keepAxis = false)
    {
        if (Shape[Shape.Axis(axis, "Max")] == 0)
        {
            throw new ShapeException($"Max: expected at least one value along axis {axis} of shape {Shape}.");
        }

        var y = Reduce<Maximum>(axis);
        Record("Max", y, [this], dy =>
        {
            var isLargest = Combine<SameAs>("Max", this, y.Detach());
            return [isLargest * (dy / isLargest.Sum(axis, keepAxis: true))];
        });
        return keepAxis ? y : y.Reshape(Shape.Without(axis));
    }

    /// <summary>
    /// The position of the largest value in each row of [N, C], the first one among equals; NaN is larger than every number, as in
    /// <see cref="Max(int, bool)"/> and in PyTorch. As a prediction such a row is none: <see cref="Metrics.Accuracy(Tensor, int[])"/>
    /// counts it as wrong.
    /// </summary>
    /// <exception cref="ShapeException">Not [N, C], or no columns.</exception>
    public int[] ArgMax() => ArgMax(out _);

    /// <summary>The same, with the largest values themselves.</summary>
    internal int[] ArgMax(out float[] largest)
    {
        var (rows, columns) = MatrixShape("ArgMax");
        if (columns == 0)
        {
            throw new ShapeException($"ArgMax: expected at least one column, got {Shape}.");
        }

        var values = ToArray();
        var (positions, found) = (new int[rows], new float[rows]);
        for (var i = 0; i < rows; i++)
        {
            var row = values.AsSpan(i * columns, columns);
            for (var j = 1; j < columns && !float.IsNaN(row[positions[i]]); j++)
            {
                positions[i] = row[j] > row[positions[i]] || float.IsNaN(row[j]) ? j : positions[i];
            }

            found[i] = row[positions[i]];
        }

        largest = found;
        return positions;
    }

    /// <summary>Undoes a broadcast: sums over every axis that <paramref name="shape"/> has not, or has with length 1.</summary>
    internal Tensor SumTo(Shape shape)
    {
        var sum = this;
        for (var axis = 0; axis < Shape.Count; axis++)
        {
            var own = axis - (Shape.Count - shape.Count);
            if (Shape[axis] != 1 && (own < 0 || shape[own] == 1))
            {
                sum = sum.Sum(axis, keepAxis: true);
            }
        }

        return sum.Length == shape.Elements ? sum.Reshape(shape) : sum;
    }

    // Keeps the axis with length 1, so that the result broadcasts against this tensor.
    private Tensor Reduce<TOp>(int axis)
        where TOp : struct, IReduceOp
    {
        axis = Shape.Axis(axis, typeof(TOp) == typeof(Add) ? "Sum" : "Max");
        var (outer, inner) = Shape.Around(axis);
        var y = Empty(Shape.With(axis, 1), Device);
        Backend.Reduce(default(TOp), Buffer, y.Buffer, outer, Shape[axis], inner);
        return y;
    }
}
