namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>c[i, j] = Σₚ a[i, p]·b[p, j] + bias[j], for each of <paramref name="count"/> products.</summary>
    public void MatrixProduct(MatrixView a, MatrixView b, DeviceBuffer c, int count, int m, int k, int n, DeviceBuffer? bias = null)
    {
        var products = new Array3D(c, m, n);
        for (var product = 0; product < count; product++)
        {
            var left = new StridedMatrix(a, product, m, k);
            var right = new StridedMatrix(b, product, k, n);
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    double sum = bias is null ? 0 : PlainBuffer.Of(bias)[j];
                    for (var p = 0; p < k; p++)
                    {
                        sum += (double)left[i, p] * right[p, j];
                    }

                    products[product, i, j] = (float)sum;
                }
            }
        }
    }
}

/// <summary>One matrix [rows, columns] of an operand, stored as it is or transposed: transposing swaps the strides.</summary>
internal readonly struct StridedMatrix
{
    private readonly float[] _values;
    private readonly int _start;
    private readonly int _rowStride;
    private readonly int _columnStride;

    public StridedMatrix(MatrixView factor, int product, int rows, int columns)
    {
        _values = PlainBuffer.Of(factor.Buffer);
        _start = factor.Start + (factor.IsBroadcast ? 0 : product * rows * columns);
        (_rowStride, _columnStride) = factor.IsTransposed ? (1, rows) : (columns, 1);
    }

    public float this[int i, int j] => _values[_start + i * _rowStride + j * _columnStride];
}
