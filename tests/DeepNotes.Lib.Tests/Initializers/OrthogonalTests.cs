using static DeepNotes.Initializers;

namespace DeepNotes.Tests.Initializers;

public sealed class OrthogonalTests
{
    [Theory]
    [InlineData(1, 16, 16)]
    [InlineData(1, 5, 13)]
    [InlineData(1, 13, 5)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 7)]
    [InlineData(1, 7, 1)]
    [InlineData(1, 6, 3, 3, 3)]
    [InlineData(3, 64, 3, 3, 5)]
    [InlineData(1.4142135f, 16, 16)]
    [InlineData(1.6666666f, 3, 4, 2)]
    [InlineData(0, 3, 4)]
    public void Rows_or_columns_are_orthogonal_and_their_norm_is_the_gain(float gain, params int[] shape)
    {
        var w = Tensor.From(Orthogonal(gain)(shape, new Generator(3)), shape).Reshape(shape[0], -1).ToMatrix();
        var product = w.RowCount <= w.ColumnCount ? w.TransposeAndMultiply(w) : w.TransposeThisAndMultiply(w);
        var expected = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DiagonalIdentity(product.RowCount) * gain * gain;
        Assert.True((product - expected).Enumerate().Max(Math.Abs) <= 1e-5);
    }

    // For matrices drawn uniformly (Haar measure) from the orthogonal group, the determinant is ±1 with mean 0, the trace has mean 0 and
    // variance 1, the entries variance 1/n. Without a correction of signs, the Q of a QR factorization has determinants of one sign.
    [Fact]
    public void No_direction_is_favoured()
    {
        const int Count = 4000;
        var standardError = 1 / Math.Sqrt(Count);
        var matrices = Enumerable.Range(0, Count)
            .Select(seed => Tensor.From(Orthogonal([3, 3], new Generator((ulong)seed)), [3, 3]).ToMatrix())
            .ToArray();
        Assert.Equal(0, matrices.Average(q => q.Determinant()), 6 * standardError);
        Assert.Equal(0, matrices.Average(q => q.Trace()), 6 * standardError);
        Assert.Equal(1, matrices.Average(q => Math.Pow(q.Trace(), 2)), 12 * standardError);
        Assert.All(Enumerable.Range(0, 9), i =>
        {
            // The square x² of an entry has variance 2(n - 1)/(n²(n + 2)) = 4/45.
            Assert.Equal(1 / 3.0, matrices.Average(q => Math.Pow(q[i / 3, i % 3], 2)), 6 * Math.Sqrt(4 / 45.0) * standardError);
            Assert.Equal(0, matrices.Average(q => q[i / 3, i % 3]), 6 * Math.Sqrt(1 / 3.0) * standardError);
        });
    }

    [Fact]
    public void The_same_seed_draws_the_same_matrix()
    {
        Assert.Equal(Orthogonal([3, 5], new Generator(4)), Orthogonal([3, 5], new Generator(4)));
        Assert.NotEqual(Orthogonal([3, 5], new Generator(4)), Orthogonal([3, 5], new Generator(5)));
    }
}
