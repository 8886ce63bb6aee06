using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends;

/// <summary>
/// The product just below, at and above every size at which the code path changes, for each vector width: rows per tile (4, 8),
/// columns per vector (4, 8, 16) and per panel (12, 24, 48), the number of rows from which B is packed (128), the inner length (384) and
/// the columns (3072) of a block.
/// </summary>
public sealed class MatrixProductEdgeTests
{
    private static readonly int[] _rows = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 127, 128, 129];
    private static readonly int[] _columns = [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 23, 24, 25, 31, 32, 33, 47, 48, 49, 95, 96, 97];
    private static readonly int[] _steps = [1, 2, 3, 4, 5, 383, 384, 385, 767, 768, 769];
    private static readonly int[] _wide = [3071, 3072, 3073, 3072 + 47, 2 * 3072 + 1];

    public static TheoryData<int, int, int> Sizes()
    {
        var sizes = new TheoryData<int, int, int>();
        foreach (var (m, k, n) in Combinations(_rows, [19], _columns)
            .Concat(Combinations([1, 7, 8, 129], _steps, [1, 13, 48, 49]))
            .Concat(Combinations([1, 3, 130], [5], _wide)).Concat(Combinations([1, 3, 8], [385], _wide)))
        {
            sizes.Add(m, k, n);
        }

        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Product_equals_direct_summation(int m, int k, int n)
    {
        var (a, b) = (Tensor.Uniform([m, k], -1, 1, seed: 1), Tensor.Uniform([k, n], -1, 1, seed: 2));
        var expected = BySums(a.ToArray(), b.ToArray(), m, k, n);
        foreach (var (turnsA, turnsB) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            var product = (turnsA ? a.Transpose() : a).MatMul(turnsB ? b.Transpose() : b, turnsA, turnsB);
            AssertClose.Equal(expected, [.. product.ToArray()], 1e-5, $"[{m}, {k}]·[{k}, {n}], transposed {turnsA}, {turnsB}");
        }
    }

    private static IEnumerable<(int M, int K, int N)> Combinations(int[] rows, int[] steps, int[] columns) =>
        from m in rows from k in steps from n in columns select (m, k, n);

    private static double[] BySums(float[] a, float[] b, int m, int k, int n)
    {
        var sums = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var p = 0; p < k; p++)
            {
                for (var j = 0; j < n; j++)
                {
                    sums[i * n + j] += (double)a[i * k + p] * b[p * n + j];
                }
            }
        }

        return sums;
    }
}
