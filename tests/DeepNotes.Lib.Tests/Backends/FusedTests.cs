using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends;

/// <summary>Fused operations equal their composed form.</summary>
public sealed class FusedTests
{
    public static TheoryData<int, int, int, int> Convolutions() => new()
    {
        { 1, 0, 1, 3 }, { 1, 1, 1, 3 }, { 2, 1, 1, 3 }, { 1, 2, 2, 3 }, { 3, 2, 1, 5 }, { 2, 0, 1, 1 }, { 2, 3, 2, 4 },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Convolution_is_a_product_with_the_unfolded_image(int stride, int padding, int dilation, int kernel)
    {
        var (x, w) = (Tensor.Normal([3, 5, 21, 18], seed: 1), Tensor.Normal([7, 5, kernel, kernel], seed: 2));
        Compare([x, w], t => t[0].Convolve(t[1], stride, padding, dilation), t =>
        {
            var columns = t[0].Unfold(kernel, stride, padding, dilation);
            var reach = dilation * (kernel - 1) + 1;
            return t[1].Reshape(7, -1).MatMul(columns).Reshape(3, 7, (21 + 2 * padding - reach) / stride + 1, -1);
        });
    }

    [Theory]
    [InlineData(false, false, 5, 3, 7)]
    [InlineData(false, true, 130, 40, 10)]
    [InlineData(true, false, 17, 5, 96)]
    [InlineData(false, true, 9, 1100, 50)]
    [InlineData(true, true, 1, 6, 33)]
    [InlineData(false, false, 21, 6, 1)]
    public void Product_with_a_bias_is_a_product_and_a_sum(bool transposeA, bool transposeB, int m, int k, int n)
    {
        var a = Tensor.Normal(transposeA ? [k, m] : [m, k], seed: 1);
        var b = Tensor.Normal(transposeB ? [n, k] : [k, n], deviation: 1 / MathF.Sqrt(k), seed: 2);
        Compare(
            [a, b, Tensor.Normal([n], seed: 3)],
            t => t[0].MatMul(t[1], t[2], transposeA, transposeB), t => t[0].MatMul(t[1], transposeA, transposeB) + t[2]);
    }

    [Fact]
    public void Products_of_a_batch_share_the_bias() => Compare(
        [Tensor.Normal([3, 4, 5], seed: 1), Tensor.Normal([5, 6], seed: 2), Tensor.Normal([6], seed: 3)],
        t => t[0].MatMul(t[1], t[2]), t => t[0].MatMul(t[1]) + t[2]);

    [Fact]
    public void A_bias_that_does_not_fit_is_named()
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 3]).MatMul(Tensor.Zeros([3, 4]), Tensor.Zeros([3])));
        Assert.Equal("MatMul: expected a bias [4], as many as columns of the product, got [3].", error.Message);
    }

    [Theory]
    [InlineData(4, 3, 5)]
    [InlineData(1, 7, 33)]
    [InlineData(9, 2, 1)]
    public void Normalisation_equals_its_formula(int images, int channels, int places)
    {
        var x = Tensor.Normal([images, channels, places], mean: 3, deviation: 2, seed: 1);
        var (weight, bias) = (Tensor.Normal([channels], seed: 2), Tensor.Normal([channels], seed: 3));
        Compare([x, weight, bias], t => t[0].NormalizeChannels(1e-3f, t[1], t[2]).Value, t =>
        {
            var centred = t[0] - t[0].MeanOver(0, 2);
            var deviation = (centred.Square().MeanOver(0, 2) + 1e-3f).Sqrt();
            return centred / deviation * t[1].Reshape(channels, 1) + t[2].Reshape(channels, 1);
        });
    }

    [Theory]
    [InlineData(4, 3, 5)]
    [InlineData(1, 7, 33)]
    [InlineData(9, 2, 1)]
    public void Normalisation_that_rectifies_is_a_normalisation_and_a_ReLU(int images, int channels, int places) => Compare(
        [Tensor.Normal([images, channels, places], mean: 3, deviation: 2, seed: 1), Tensor.Normal([channels], seed: 2), Tensor.Normal([channels], seed: 3)],
        t => t[0].NormalizeChannels(1e-3f, t[1], t[2], rectifies: true).Value, t => t[0].NormalizeChannels(1e-3f, t[1], t[2]).Value.ReLU());

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void A_sum_that_rectifies_is_a_sum_and_a_ReLU(int length) => Compare(
        [Tensor.Normal([3, length], seed: 1), Tensor.Normal([3, length], seed: 2)],
        t => Tensor.AddReLU(t[0], t[1]), t => (t[0] + t[1]).ReLU());

    [Theory]
    [InlineData(4, 3)]
    [InlineData(3, 16)]
    [InlineData(2, 41)]
    public void Log_softmax_equals_its_formula(int rows, int classes) =>
        Compare([Tensor.Normal([rows, classes], deviation: 30, seed: 1)], t => t[0].LogSoftmax(), t =>
        {
            var shifted = t[0] - t[0].Max(1, keepAxis: true).Detach();
            return shifted - shifted.Exp().Sum(1, keepAxis: true).Log();
        });

    [Theory]
    [InlineData(4, 3, false)]
    [InlineData(17, 16, true)]
    [InlineData(1, 41, true)]
    [InlineData(301, 41, false)]
    public void Cross_entropy_is_the_negative_log_softmax_at_the_label(int rows, int classes, bool isWeighted)
    {
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => 7 * row % classes)];
        float[]? weights = isWeighted ? [.. Enumerable.Range(0, classes).Select(c => 0.5f + 0.1f * c)] : null;
        var ofLabels = Tensor.From([.. labels.Select(label => weights?[label] ?? 1)]);
        Compare(
            [Tensor.Normal([rows, classes], deviation: 5, seed: 1)],
            t => Loss.CrossEntropy(t[0], labels, 0, weights, reduction: Reduction.None), t => -t[0].LogSoftmax().Pick(labels) * ofLabels);
        Compare(
            [Tensor.Normal([rows, classes], deviation: 5, seed: 1)],
            t => Loss.CrossEntropy(t[0], labels, 0, weights), t => (-t[0].LogSoftmax().Pick(labels) * ofLabels).Sum() / ofLabels.Sum().ToSingle());
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 28)]
    [InlineData(6, 37)]
    [InlineData(2, 10)]
    public void Two_by_two_pooling_is_the_maximum_over_the_unfolded_image(int height, int width)
    {
        // Few distinct values, so that there are ties.
        var values = Tensor.Normal([2, 3, height, width], seed: 1).ToArray().Select(value => MathF.Round(value * 2));
        var x = Tensor.From(values.ToArray(), [2, 3, height, width]);
        Compare([x], t => t[0].MaxPool(2), t =>
        {
            var seen = t[0].Reshape(6, 1, height, width).Unfold(2, 2);
            var isFirst = Tensor.From([.. FirstOfEachColumn(seen)], seen.Shape);
            return (seen * isFirst).Sum(1).Reshape(2, 3, height / 2, width / 2);
        });
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(5, 3, 2, 16)]
    [InlineData(3, 4, 7, 37)]
    public void A_sequence_of_LSTM_steps_equals_its_formula(int samples, int steps, int inputs, int hidden)
    {
        var layer = new LSTM(inputs, hidden, seed: 1);
        Tensor[] all =
        [
            Tensor.Normal([samples, steps, inputs], seed: 2), .. layer.Parameters.Select(parameter => parameter.Value.Keep()),
            Tensor.Normal([samples, hidden], seed: 3), Tensor.Normal([samples, hidden], seed: 4),
        ];
        Compare(all, t => t[0].Lstm(t[1], t[2], t[3], t[4], t[5]), t =>
        {
            var (h, c, states) = (t[4], t[5], new List<Tensor> { t[4] });
            foreach (var x in t[0].Split(1, steps))
            {
                var a = x.Reshape(samples, inputs).MatMul(t[1], transposeB: true) + t[3] + h.MatMul(t[2], transposeB: true);
                var gates = a.Split(1, 4);
                c = gates[1].Sigmoid() * c + gates[0].Sigmoid() * gates[2].Tanh();
                h = gates[3].Sigmoid() * c.Tanh();
                states.Add(h);
            }

            return Tensor.Stack(0, [.. states, c]);
        });
    }

    [Fact]
    public void In_place_updates_equal_their_formulas()
    {
        var g = Tensor.Normal([101], seed: 1);
        foreach (var (fused, composed) in new (Optimizer, Func<Tensor, Tensor>)[]
        {
            (new SGD(0.1f, 0.9f), w => w - 0.1f * g),
            (new SGD(0.1f, 0.9f, nesterov: true), w => w - 0.1f * (g + 0.9f * g)),
            (new Adam(0.1f), w => w - 0.1f * g / ((g * g).Sqrt() + 1e-8f)),
        })
        {
            var w = new Parameter([101], DeepNotes.Initializers.NormalWith(1), seed: 2);
            var expected = composed(w.Value.Keep());
            fused.ApplyGradients([(w, g)]);
            AssertClose.Equal([.. expected.ToArray()], [.. w.Value.ToArray()], 1e-6, $"{fused}");
        }
    }

    // 1 at the first maximum of each column, for columns [N, taps, positions].
    private static IEnumerable<float> FirstOfEachColumn(Tensor columns)
    {
        var (taps, places, values) = (columns.Shape[1], columns.Shape[2], columns.ToArray());
        return Enumerable.Range(0, columns.Length).Select(i =>
        {
            var column = Enumerable.Range(0, taps).Select(tap => values[i / (taps * places) * taps * places + tap * places + i % places]).ToArray();
            return Array.IndexOf(column, column.Max()) == i / places % taps ? 1f : 0;
        });
    }

    private static void Compare(Tensor[] inputs, Func<Tensor[], Tensor> fused, Func<Tensor[], Tensor> composed)
    {
        var (value, gradients) = Run(inputs, fused);
        var (expected, expectedGradients) = Run(inputs, composed);
        AssertClose.Equal(expected, value, 1e-5, "value");
        foreach (var (wanted, gradient) in expectedGradients.Zip(gradients))
        {
            AssertClose.Equal(wanted, gradient, 1e-4, "gradient");
        }
    }

    private static (double[] Value, List<double[]> Gradients) Run(Tensor[] inputs, Func<Tensor[], Tensor> function)
    {
        Tensor[] own = [.. inputs.Select(input => input.Keep().RequireGradient())];
        var value = function(own);
        value.Backward(Tensor.Normal(value.Shape, seed: 9));
        return ([.. value.ToArray()], [.. own.Select(input => (double[])[.. input.Gradient!.ToArray()])]);
    }
}
