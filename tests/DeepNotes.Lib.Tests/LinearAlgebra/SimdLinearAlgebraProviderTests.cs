using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace DeepNotes.Tests.LinearAlgebra;

/// <summary>The provider is a setting of the process: tests that switch it run alone.</summary>
[CollectionDefinition(nameof(SimdLinearAlgebraProviderTests), DisableParallelization = true)]
[Collection(nameof(SimdLinearAlgebraProviderTests))]
public sealed class SimdLinearAlgebraProviderTests
{
    /// <summary>Operations on matrices of any number type, with results as matrices that can be compared.</summary>
    public static TheoryData<string> Families => [.. Calls<double>().Keys];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_call_equals_the_managed_provider(string family)
    {
        Check(Calls<float>()[family], 1e-4, (a, b) => a - b);
        Check(Calls<double>()[family], 1e-12, (a, b) => a - b);
        Check(Calls<Complex>()[family], 1e-12, (a, b) => Complex.Abs(a - b));
        Check(Calls<Complex32>()[family], 1e-4, (a, b) => (a - b).Magnitude);

        static void Check<T>(Func<Matrix<T>, Matrix<T>> call, double tolerance, Func<T, T, double> difference)
            where T : struct, IEquatable<T>, IFormattable
        {
            var matrix = Matrix<T>.Build.Random(12, 12, seed: 5);
            var expected = call(matrix);
            using var on = SimdLinearAlgebraProvider.Use();
            var actual = call(matrix);
            Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
            var pairs = expected.ToColumnMajorArray().Zip(actual.ToColumnMajorArray());
            Assert.All(pairs, pair => Assert.InRange(Math.Abs(difference(pair.First, pair.Second)), 0, tolerance));
        }
    }

    [Theory]
    [InlineData(Norm.OneNorm)]
    [InlineData(Norm.FrobeniusNorm)]
    [InlineData(Norm.InfinityNorm)]
    [InlineData(Norm.LargestAbsoluteValue)]
    public void Norms_equal_the_managed_provider(Norm norm)
    {
        var example = new ProductExample<double>(3, 5, 1);
        Assert.Equal(example.Managed.MatrixNorm(norm, 3, 5, example.A), example.Simd.MatrixNorm(norm, 3, 5, example.A));
    }

    [Fact]
    public void Use_lasts_until_it_is_disposed()
    {
        var before = LinearAlgebraControl.Provider;
        var on = SimdLinearAlgebraProvider.Use();
        Assert.Same(SimdLinearAlgebraProvider.Instance, LinearAlgebraControl.Provider);
        using (SimdLinearAlgebraProvider.Use())
        {
        }

        Assert.Same(SimdLinearAlgebraProvider.Instance, LinearAlgebraControl.Provider);
        on.Dispose();
        Assert.Same(before, LinearAlgebraControl.Provider);

        using var again = SimdLinearAlgebraProvider.Use();
        on.Dispose();
        Assert.Same(SimdLinearAlgebraProvider.Instance, LinearAlgebraControl.Provider);
    }

    [Fact]
    public void The_provider_is_available_and_described()
    {
        using var on = SimdLinearAlgebraProvider.Use();
        Assert.Contains("DeepNotes SIMD", Control.Describe(), StringComparison.Ordinal);
        Assert.True(SimdLinearAlgebraProvider.Instance.IsAvailable());
    }

    [Fact]
    public void Tensors_are_multiplied_as_matrices_without_a_copy()
    {
        using var on = SimdLinearAlgebraProvider.Use();
        var (a, b) = (Tensor.Normal([37, 19], seed: 1), Tensor.Normal([19, 23], seed: 2));
        var product = a.MatMul(b).ToArray();
        Assert.Equal(product, (b.AsMatrix() * a.AsMatrix()).ToColumnMajorArray());
    }

    private static Dictionary<string, Func<Matrix<T>, Matrix<T>>> Calls<T>()
        where T : struct, IEquatable<T>, IFormattable => new()
        {
            ["product"] = m => m * m,
            ["product with a transpose"] = m => m.TransposeAndMultiply(m),
            ["transpose times matrix"] = m => m.TransposeThisAndMultiply(m),
            ["matrix times vector"] = m => (m * m.Column(3)).ToColumnMatrix(),
            ["vector times matrix"] = m => (m.Row(3) * m).ToRowMatrix(),
            ["transpose times vector"] = m => m.TransposeThisAndMultiply(m.Column(2)).ToColumnMatrix(),
            ["outer product"] = m => m.Column(1).OuterProduct(m.Column(2)),
            ["part of a matrix"] = m => m.SubMatrix(1, 7, 2, 5).TransposeThisAndMultiply(m.SubMatrix(1, 7, 0, 3)),
            ["dot product"] = m => Matrix<T>.Build.Dense(1, 1, m.Column(1).DotProduct(m.Column(2))),
            ["sums and differences"] = m => m + m.Transpose() - m * m,
            ["pointwise product and quotient"] = m => m.PointwiseMultiply(m).PointwiseDivide(m + m),
            ["pointwise power"] = m => m.PointwiseMultiply(m).PointwisePower(m),
            ["norms"] = m => m.NormalizeRows(2).NormalizeColumns(1),
            ["LU: solve"] = m => m.LU().Solve(m.Transpose()),
            ["LU: inverse"] = m => m.Inverse(),
            ["QR"] = m => m.QR().R,
            ["QR: solve"] = m => m.SubMatrix(0, 12, 0, 5).QR().Solve(m),
            ["Cholesky: factor"] = m => Positive(m).Cholesky().Factor,
            ["Cholesky: solve"] = m => Positive(m).Cholesky().Solve(m),
            ["SVD"] = m => m.Svd().W,
            ["SVD: solve"] = m => Positive(m).Svd().Solve(m),
            ["EVD: symmetric"] = m => Positive(m).Evd(Symmetricity.Hermitian).D,
            ["EVD"] = m => m.Evd().D,
        };

    private static Matrix<T> Positive<T>(Matrix<T> matrix)
        where T : struct, IEquatable<T>, IFormattable =>
        matrix.ConjugateTransposeThisAndMultiply(matrix) + Matrix<T>.Build.DenseIdentity(matrix.RowCount);
}
