using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends;

/// <summary>Sums of a million values and more are accurate: relative errors below 1e-6, where a running float32 sum has 1e-2.</summary>
public sealed class LongSumTests
{
    private const int Rows = 1_000_000;

    private static readonly double Tenth = 0.1f;

    public static TheoryData<string, Func<float[]>, double> Sums() => new()
    {
        { "a row", () => Tensor.Full([10_000_000], 0.1f).Sum().ToArray(), 10_000_000 * Tenth },
        { "one column", () => Tensor.Full([10_000_000, 1], 0.1f).Sum(0).ToArray(), 10_000_000 * Tenth },
        { "columns", () => Tensor.Full([Rows, 10], 0.1f).Sum(0).ToArray(), Rows * Tenth },
        { "a vector and more of columns", () => Tensor.Full([100_000, 83], 0.1f).Sum(0).ToArray(), 100_000 * Tenth },
        { "a middle axis", () => Tensor.Full([2, Rows, 2], 0.1f).Sum(1).ToArray(), Rows * Tenth },
        { "rows below a piece", () => Tensor.Full([3, 16_000], 0.1f).Sum(1).ToArray(), 16_000 * Tenth },
        { "a mean of columns", () => Tensor.Full([Rows, 3], 0.1f).Mean(0).ToArray(), Tenth },
        { "a mean over axes", () => Tensor.Full([1000, 3, 1000], 0.1f).MeanOver(0, 2).ToArray(), Tenth },
        { "a bias", () => Gradient(b => Tensor.Zeros([Rows, 1]).MatMul(Tensor.Zeros([1, 2]), b), [2]), Rows * Tenth },
        { "an added row", () => Gradient(b => Tensor.Zeros([Rows, 2]) + b, [2]), Rows * Tenth },
        { "an added number", () => Gradient(b => Tensor.Zeros([Rows]) + b, []), Rows * Tenth },
        { "a word", () => Gradient(w => w.Rows(new int[Rows]), [1, 2]), Rows * Tenth },
        { "words", () => Gradient(w => w.Rows([.. Enumerable.Range(0, 3 * Rows).Select(i => i % 3)]), [3, 2]), Rows * Tenth },
        { "a channel's shift", () => Gradient(b => Wave([Rows, 1, 1]).NormalizeChannels(1e-5f, bias: b).Value, [1]), Rows * Tenth },
        { "an image's shift", () => Gradient(b => Wave([1, 1, Rows]).NormalizeChannels(1e-5f, bias: b).Value, [1]), Rows * Tenth },
        { "a channel's mean", () => Tensor.Full([1, 1, Rows], 0.1f).NormalizeChannels(1e-5f).Mean.ToArray(), Tenth },
        { "a channel's variance", () => Wave([1, 1, Rows]).NormalizeChannels(1e-5f).Variance.ToArray(), Tenth * Tenth },
        { "the variance of a batch", () => Wave([Rows, 1]).NormalizeChannels(1e-5f).Variance.ToArray(), Tenth * Tenth },
        { "a softmax of many classes", () => Tensor.Full([1, Rows], 5).LogSoftmax().Exp().Slice(1, 0, 1).ToArray(), 1.0 / Rows },
        { "a cross-entropy of many classes", () => [Loss.CrossEntropy(Tensor.Full([1, Rows], 5), [7]).ToSingle()], Math.Log(Rows) },
    };

    // Rows of ±0.1, normalised to ±1.
    [Fact]
    public void The_gradients_of_the_LayerNorm_scale_and_shift_sum_all_rows()
    {
        foreach (var (parameter, dy) in new[] { (0, Wave([Rows, 4])), (1, Tensor.Full([Rows, 4], 0.1f)) })
        {
            var layer = new LayerNorm(4, epsilon: 0);
            layer.Forward(Wave([Rows, 4])).Backward(dy);
            Assert.All(layer.Parameters[parameter].Gradient!.ToArray(), sum => Assert.Equal(1, sum / (Rows * Tenth), 1e-6));
        }
    }

    [Theory]
    [MemberData(nameof(Sums))]
    public void Long_sums_are_accurate(string what, Func<float[]> compute, double exact) => Assert.All(
        compute(), sum => Assert.True(Math.Abs(sum / exact - 1) < 1e-6, $"{what}: {sum:R} for {exact:R}, relative error {Math.Abs(sum / exact - 1):G2}"));

    // Two matrices, one of few rows and one of enough rows for several partial sums; each column has other values.
    [Theory]
    [InlineData(7, 300)]
    [InlineData(129, 300)]
    [InlineData(1000, 300)]
    [InlineData(20_003, 7)]
    [InlineData(20_003, 16)]
    public void Each_column_is_summed_separately(int rows, int columns)
    {
        float Value(int matrix, int column) => 0.1f * (1000 * matrix + column + 1);
        var x = Tensor.From([.. Enumerable.Range(0, 2 * rows * columns).Select(i => Value(i / columns / rows, i % columns))], [2, rows, columns]);
        var (sums, largest) = (x.Sum(1).ToArray(), x.Max(1).ToArray());
        for (var i = 0; i < sums.Length; i++)
        {
            var value = Value(i / columns, i % columns);
            Assert.Equal(1, sums[i] / ((double)rows * value), 1e-6);
            Assert.Equal(value, largest[i]);
        }
    }

    // The gradient of a scale is Σ dy·x̂; here x̂ = ±1.
    [Theory]
    [InlineData(Rows, 1)]
    [InlineData(1, Rows)]
    public void The_gradient_of_a_channel_scale_sums_all_values(int images, int places)
    {
        var scale = Tensor.Ones([1]).RequireGradient();
        var x = Wave([images, 1, places]);
        x.NormalizeChannels(1e-9f, scale).Value.Backward(x);
        Assert.Equal(1, scale.Gradient!.ToSingle() / (Rows * Tenth), 1e-6);
    }

    private static float[] Gradient(Func<Tensor, Tensor> f, Shape shape)
    {
        var x = Tensor.Zeros(shape).RequireGradient();
        var y = f(x);
        y.Backward(Tensor.Full(y.Shape, 0.1f));
        return x.Gradient!.ToArray();
    }

    // Alternately ±0.1: mean 0, variance 0.01.
    private static Tensor Wave(Shape shape) => Tensor.From([.. Enumerable.Range(0, shape.Elements).Select(i => i % 2 == 0 ? 0.1f : -0.1f)], shape);
}
