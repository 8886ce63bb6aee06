using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>Tensors, matrices and lists as rows and columns of doubles, so that one comparison serves all.</summary>
internal sealed record Numbers(double[] Values, int Rows, int Columns)
{
    // Axes in front of the last count as rows, so that [2, 3, 4] is not taken for [3, 2, 4] of equal size only by chance.
    public static Numbers Of(Tensor tensor)
    {
        var columns = tensor.Shape.Count == 0 ? 1 : tensor.Shape[^1];
        return new([.. tensor.ToArray()], columns == 0 ? 0 : tensor.Length / columns, columns);
    }

    public static Numbers Of(Matrix<double> matrix) => new(matrix.ToRowMajorArray(), matrix.RowCount, matrix.ColumnCount);

    public static Numbers Of(IReadOnlyList<double> list) => new([.. list], 1, list.Count);

    public override string ToString() => $"{Rows} × {Columns}";
}
