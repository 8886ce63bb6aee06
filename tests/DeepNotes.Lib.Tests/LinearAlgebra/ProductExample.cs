using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepNotes.Tests.LinearAlgebra;

/// <summary>A [m, k], B [k, n] and a previous C [m, n] in MathNet's column-major order, and their product by direct summation.</summary>
internal sealed class ProductExample<T>(int m, int k, int n)
    where T : unmanaged, INumberBase<T>
{
    private readonly T[] _previous = Values(m * n, 3);

    public T[] A { get; } = Values(m * k, 1);

    public T[] B { get; } = Values(k * n, 2);

    public ILinearAlgebraProvider<T> Simd { get; } = (ILinearAlgebraProvider<T>)(object)SimdLinearAlgebraProvider.Instance;

    public ILinearAlgebraProvider<T> Managed { get; } = (ILinearAlgebraProvider<T>)(object)ManagedLinearAlgebraProvider.Instance;

    public T[] Previous() => (T[])_previous.Clone();

    /// <summary>An array of NaN, which a result must overwrite completely.</summary>
    public T[] NaNs() => [.. Enumerable.Repeat(T.CreateChecked(double.NaN), m * n)];

    /// <summary>Computes C = α·A·B + β·C, passing A and B transposed where requested.</summary>
    public void Update(ILinearAlgebraProvider<T> provider, Transpose a, Transpose b, double alpha, double beta, T[] c)
    {
        var (transposesA, transposesB) = (a != Transpose.DontTranspose, b != Transpose.DontTranspose);
        provider.MatrixMultiplyWithUpdate(
            a, b, T.CreateChecked(alpha), transposesA ? Transposed(A, m, k) : A, transposesA ? k : m, transposesA ? m : k,
            transposesB ? Transposed(B, k, n) : B, transposesB ? n : k, transposesB ? k : n, T.CreateChecked(beta), c);
    }

    public T[] DirectSum(double alpha = 1, double beta = 0)
    {
        var c = new T[m * n];
        for (var i = 0; i < c.Length; i++)
        {
            var (column, row) = Math.DivRem(i, m);
            var sum = 0.0;
            for (var p = 0; p < k; p++)
            {
                sum += double.CreateChecked(A[p * m + row]) * double.CreateChecked(B[column * k + p]);
            }

            c[i] = T.CreateChecked(alpha * sum + beta * double.CreateChecked(_previous[i]));
        }

        return c;
    }

    /// <summary>Compares relative to √k, the magnitude of a sum of k terms, since a sum near 0 has no relative accuracy.</summary>
    public void AssertClose(T[] expected, T[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, Math.Sqrt(k));
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Abs(double.CreateChecked(expected[i]) - double.CreateChecked(actual[i])) / scale;
            Assert.True(error <= tolerance, $"[{m}, {k}]·[{k}, {n}] at {i}: expected {expected[i]}, got {actual[i]}");
        }
    }

    private static T[] Transposed(T[] matrix, int rows, int columns) =>
        [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[i / columns + i % columns * rows])];

    private static T[] Values(int count, ulong seed)
    {
        var generator = new Generator(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(2 * generator.NextDouble() - 1))];
    }
}
