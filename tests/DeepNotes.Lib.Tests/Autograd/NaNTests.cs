namespace DeepNotes.Tests.Autograd;

/// <summary>NaN compares as larger than every number, and the first NaN is the maximum; as a prediction it is no class, and wrong.</summary>
public sealed class NaNTests
{
    private const float NaN = float.NaN;

    public static TheoryData<float[], int> RowsOfScores() => new()
    {
        { [1, 2, 3], 2 },
        { [3, 3, 1], 0 },
        { [1, NaN, 3], 1 },
        { [NaN, 5, 3], 0 },
        { [9, 5, NaN], 2 },
        { [1, NaN, NaN], 1 },
        { [NaN, NaN, NaN], 0 },
        { [float.PositiveInfinity, NaN, 3], 1 },
        { [float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity], 0 },
    };

    [Theory]
    [MemberData(nameof(RowsOfScores))]
    public void The_largest_is_the_first_NaN(float[] scores, int largest)
    {
        var x = Tensor.From(scores, [1, 3]).RequireGradient();
        Assert.Equal([largest], x.ArgMax());
        Assert.Equal(scores[largest], x.Max().ToSingle());
        Assert.Equal(scores[largest], x.Max(1).ToSingle());
        Assert.Equal(scores[largest], x.Reshape(3, 1).Max(0).ToSingle());
        var pooled = x.Reshape(1, 1, 1, 3).MaxPool((1, 3));
        Assert.Equal(scores[largest], pooled.ToSingle());
        pooled.Backward(Tensor.Ones(pooled.Shape));
        Assert.Equal([.. Enumerable.Range(0, 3).Select(i => i == largest ? 1f : 0)], x.Gradient!.ToArray());

        var isNumber = !scores.Any(float.IsNaN);
        Assert.Equal(isNumber ? largest : -1, Metrics.Predictions(x)[0]);
        Assert.Equal(isNumber ? 1 : 0, Metrics.Accuracy(x, [largest]));
        Assert.Equal(isNumber ? 1 : 0, Metrics.TopK(x, [largest], 3));
    }

    // As in PyTorch: ∞ - ∞ is NaN.
    [Theory]
    [InlineData(float.PositiveInfinity, 0, NaN, NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, NaN, NaN)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity, NaN, NaN)]
    [InlineData(0, float.NegativeInfinity, 0, float.NegativeInfinity)]
    public void Infinite_scores_have_a_logarithm_only_where_another_is_finite(float first, float second, float ofFirst, float ofSecond)
    {
        var x = Tensor.From([first, second], [1, 2]);
        Assert.Equal([ofFirst, ofSecond], x.LogSoftmax().ToArray());
        Assert.Equal([MathF.Exp(ofFirst), MathF.Exp(ofSecond)], x.Softmax().ToArray());
        Assert.Equal(-ofFirst, Loss.CrossEntropy(x, [0]).ToSingle());
        Assert.Equal(-ofSecond, Loss.CrossEntropy(x, [1]).ToSingle());
    }

    [Fact]
    public void The_gradient_of_a_maximum_goes_to_the_NaNs()
    {
        var x = Tensor.From([1, NaN, NaN, 4, 5, 4], [2, 3]).RequireGradient();
        x.Max(1).Backward(Tensor.Ones([2]));
        Assert.Equal([0, 0.5f, 0.5f, 0, 1, 0], x.Gradient!.ToArray());

        var (a, b) = (Tensor.From([1f, NaN, 3], [3]).RequireGradient(), Tensor.From([NaN, 2f, 3], [3]).RequireGradient());
        Tensor.Maximum(a, b).Backward(Tensor.Ones([3]));
        Assert.Equal([0, 1, 0.5f], a.Gradient!.ToArray());
        Assert.Equal([1, 0, 0.5f], b.Gradient!.ToArray());
    }

    [Fact]
    public void A_pool_that_halves_finds_NaN_as_well()
    {
        var x = Tensor.From([.. Enumerable.Range(0, 32).Select(i => i is 9 or 26 ? NaN : (float)i)], [1, 1, 4, 8]).RequireGradient();
        var y = x.MaxPool(2);
        Assert.Equal([NaN, 11, 13, 15, 25, NaN, 29, 31], y.ToArray());
        y.Backward(Tensor.Ones(y.Shape));
        Assert.Equal([9, 11, 13, 15, 25, 26, 29, 31], Enumerable.Range(0, 32).Where(i => x.Gradient!.ToArray()[i] == 1));
    }

    [Fact]
    public void A_diverged_network_predicts_no_class()
    {
        var diverged = new Linear(2, 3);
        diverged.Weight.Value.Assign(Tensor.Full([3, 2], NaN));
        var data = new Dataset(Tensor.Ones([4, 2]), [0, 0, 1, 2]);
        var evaluation = new Trainer(diverged, new SGD(1), Loss.CrossEntropy).Evaluate(data);
        Assert.Equal(0, evaluation.Accuracy);
        Assert.Equal([-1, -1, -1, -1], evaluation.Predictions);

        var matrix = new ConfusionMatrix(data.Labels, evaluation.Predictions, 3);
        Assert.Equal(0, matrix.Accuracy);
        Assert.Equal([2, 1, 1], Enumerable.Range(0, 3).Select(matrix.Samples));
        Assert.Equal([2, 1, 1], new ClassMetrics(matrix).Classes.Select(metric => metric.Samples));
        Assert.Contains("none", matrix.ToHtml(), StringComparison.Ordinal);
    }
}
