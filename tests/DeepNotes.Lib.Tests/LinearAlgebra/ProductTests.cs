using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepNotes.Tests.LinearAlgebra;

public sealed class ProductTests
{
    internal static IReadOnlyList<(Transpose A, Transpose B)> Transposes { get; } =
    [
        (Transpose.DontTranspose, Transpose.DontTranspose),
        (Transpose.DontTranspose, Transpose.Transpose),
        (Transpose.Transpose, Transpose.DontTranspose),
        (Transpose.ConjugateTranspose, Transpose.Transpose),
    ];

    // m, k, n: empty, 1, primes, around the widths of vectors and tiles, a vector on either side, several blocks.
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 0, 3, 4 }, { 3, 0, 4 }, { 3, 4, 0 }, { 0, 0, 0 }, { 1, 1, 1 }, { 2, 3, 5 }, { 7, 11, 13 }, { 8, 16, 48 },
        { 9, 17, 49 }, { 15, 31, 33 }, { 97, 101, 103 }, { 129, 64, 65 }, { 50, 390, 50 }, { 300, 299, 293 }, { 20, 3, 3100 },
        { 1, 300, 1 }, { 1, 7, 300 }, { 300, 7, 1 }, { 1, 300, 7 }, { 7, 300, 1 }, { 1, 257, 263 }, { 263, 257, 1 }, { 1, 0, 5 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Product_equals_direct_summation_and_the_managed_provider(int m, int k, int n)
    {
        Check<float>(m, k, n, 1e-5);
        Check<double>(m, k, n, 1e-13);

        static void Check<T>(int m, int k, int n, double tolerance)
            where T : unmanaged, INumberBase<T>
        {
            var example = new ProductExample<T>(m, k, n);
            var c = example.NaNs();
            example.Simd.MatrixMultiply(example.A, m, k, example.B, k, n, c);
            example.AssertClose(example.DirectSum(), c, tolerance);
            if (m * k * n > 0)
            {
                var managed = new T[m * n];
                example.Managed.MatrixMultiply(example.A, m, k, example.B, k, n, managed);
                example.AssertClose(managed, c, tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Transposed_operands_equal_direct_summation(int m, int k, int n)
    {
        foreach (var (a, b) in Transposes)
        {
            Check<float>(a, b, 1e-5);
            Check<double>(a, b, 1e-13);
        }

        void Check<T>(Transpose a, Transpose b, double tolerance)
            where T : unmanaged, INumberBase<T>
        {
            var example = new ProductExample<T>(m, k, n);
            var c = example.NaNs();
            example.Update(example.Simd, a, b, 1, 0, c);
            example.AssertClose(example.DirectSum(), c, tolerance);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0, -0.5)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, -0.5)]
    [InlineData(-0.5, 0)]
    [InlineData(-0.5, 1)]
    [InlineData(-0.5, -0.5)]
    public void Update_scales_the_product_and_the_previous_value(double alpha, double beta)
    {
        foreach (var (a, b) in Transposes)
        {
            Check<float>(a, b, 1e-5);
            Check<double>(a, b, 1e-13);
        }

        void Check<T>(Transpose a, Transpose b, double tolerance)
            where T : unmanaged, INumberBase<T>
        {
            var example = new ProductExample<T>(19, 53, 37);
            var (simd, managed) = (example.Previous(), example.Previous());
            example.Update(example.Simd, a, b, alpha, beta, simd);
            example.Update(example.Managed, a, b, alpha, beta, managed);
            example.AssertClose(example.DirectSum(alpha, beta), simd, tolerance);
            example.AssertClose(managed, simd, tolerance);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    public void Beta_zero_ignores_the_previous_value(double alpha)
    {
        var example = new ProductExample<double>(5, 6, 7);
        var c = example.NaNs();
        example.Update(example.Simd, Transpose.DontTranspose, Transpose.DontTranspose, alpha, 0, c);
        example.AssertClose(example.DirectSum(alpha), c, 1e-13);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(41)]
    public void Result_may_be_an_input(int size)
    {
        var example = new ProductExample<double>(size, size, size);
        var (left, right, both) = ((double[])example.A.Clone(), (double[])example.B.Clone(), (double[])example.A.Clone());
        example.Simd.MatrixMultiply(left, size, size, example.B, size, size, left);
        example.Simd.MatrixMultiply(example.A, size, size, right, size, size, right);
        example.Simd.MatrixMultiply(both, size, size, both, size, size, both);
        example.AssertClose(example.DirectSum(), left, 1e-13);
        example.AssertClose(example.DirectSum(), right, 1e-13);
        var square = new double[size * size];
        example.Simd.MatrixMultiply(example.A, size, size, example.A, size, size, square);
        Assert.Equal(square, both);
    }

    [Theory]
    [InlineData(2, 3, 4, 5, 10, "2 × 3 times 4 × 5: the left matrix needs as many columns")]
    [InlineData(2, 4, 3, 5, 10, "2 × 4 times 3 × 5: the left matrix needs as many columns")]
    [InlineData(2, 2, 2, 2, 5, "the result, 2 × 2, needs an array of 4 values, got 5")]
    [InlineData(3, 2, 2, 2, 6, "the left matrix, 3 × 2, needs an array of 6 values, got 4")]
    [InlineData(2, 2, 2, 3, 6, "the right matrix, 2 × 3, needs an array of 6 values, got 4")]
    public void Sizes_that_do_not_fit_are_named(int rowsX, int columnsX, int rowsY, int columnsY, int length, string message)
    {
        var provider = new ProductExample<float>(1, 1, 1).Simd;
        var error = Assert.Throws<ArgumentException>(
            () => provider.MatrixMultiply(new float[4], rowsX, columnsX, new float[4], rowsY, columnsY, new float[length]));
        Assert.StartsWith("MatrixMultiply: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Null_arrays_are_named(int missing)
    {
        var provider = new ProductExample<float>(1, 1, 1).Simd;
        float[]? Array(int place) => place == missing ? null : new float[1];
        var error = Assert.Throws<ArgumentNullException>(() => provider.MatrixMultiply(Array(0), 1, 1, Array(1), 1, 1, Array(2)));
        Assert.Equal("abc"[missing].ToString(), error.ParamName);
    }
}
