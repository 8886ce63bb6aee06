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
