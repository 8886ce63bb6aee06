using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>Tensors, matrices and lists as rows and columns of doubles, for one comparison of all.</summary>
internal sealed record Numbers(double[] Values, int Rows, int Columns)
{
    // All axes but the last are merged into rows.
    public static Numbers Of(Tensor tensor)
    {
        var columns = tensor.Shape.Count == 0 ? 1 : tensor.Shape[^1];
        return new([.. tensor.ToArray()], columns == 0 ? 0 : tensor.Length / columns, columns);
    }

    public static Numbers Of(Matrix<double> matrix) => new(matrix.ToRowMajorArray(), matrix.RowCount, matrix.ColumnCount);

    public static Numbers Of(IReadOnlyList<double> list) => new([.. list], 1, list.Count);

    public override string ToString() => $"{Rows} × {Columns}";
}
