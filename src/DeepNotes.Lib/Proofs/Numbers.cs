using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>The elements of a tensor, matrix or list in row-major order as doubles, with their shape, so that one comparison serves all.</summary>
internal sealed record Numbers(double[] Values, Shape Shape)
{
    /// <summary>The length of the last axis; 1 for a scalar.</summary>
    public int Columns => Shape.Count == 0 ? 1 : Shape[^1];

    public static Numbers Of(Tensor tensor) => new([.. tensor.ToArray()], tensor.Shape);

    public static Numbers Of(Matrix<double> matrix) => new(matrix.ToRowMajorArray(), [matrix.RowCount, matrix.ColumnCount]);

    public static Numbers Of(IReadOnlyList<double> list) => new([.. list], [list.Count]);

    /// <summary>The tensor as a matrix: all axes but the last are merged into rows.</summary>
    public static Numbers AsMatrix(Tensor tensor)
    {
        var numbers = Of(tensor);
        return numbers with { Shape = [numbers.Columns == 0 ? 0 : tensor.Length / numbers.Columns, numbers.Columns] };
    }
}
