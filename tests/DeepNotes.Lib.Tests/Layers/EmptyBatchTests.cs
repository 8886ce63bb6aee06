namespace DeepNotes.Tests.Layers;

/// <summary>Metrics, optimizers and data without samples: a result, or an error that names the operation.</summary>
public sealed class EmptyBatchTests
{
    private static readonly int[] None = [];

    /// <summary>Calls that throw, with the beginning of the message.</summary>
    public static TheoryData<string, Func<object>> Mistakes() => new()
    {
        { "Accuracy: expected at least 1 sample, got none.", () => Metrics.Accuracy(Tensor.Zeros([0, 3]), None) },
        { "Accuracy: expected at least 1 sample, got none.", () => Metrics.Accuracy(None, None) },
        { "TopK: expected at least 1 sample, got none.", () => Metrics.TopK(Tensor.Zeros([0, 3]), None, 1) },
        { "ArgMax: expected at least one column, got [3, 0].", () => Metrics.Accuracy(Tensor.Zeros([3, 0]), new int[3]) },
        { "RocCurve: expected positives and negatives, got 0 and 0.", () => new RocCurve([], None) },
        { "DataLoader over 'data': expected at least 1 sample, got none.", () => new DataLoader(NoData) },
        { "DataLoader over 'data': expected at least 1 sample, got none.", () => Fit(NoData, null) },
        { "Trainer.Fit: expected validation data of at least 1 sample, got none in 'data'.", () => Fit(new Dataset(Tensor.Zeros([2, 3]), [0, 1]), NoData) },
        { "Standardization.Fit of 'data': expected at least 1 sample with 1 feature, got [0, 3].", () => Standardization.Fit(NoData) },
    };

    private static Dataset NoData => new(Tensor.Zeros([0, 3]), None);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Empty_data_is_refused_by_name(string message, Func<object> mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(mistake).Message, StringComparison.Ordinal);

    public static TheoryData<Optimizer> Optimizers() =>
    [
        new SGD(0.1f), new SGD(0.1f, 0.9f), new Adam(), new AdamW(), new AMSGrad(), new RAdam(), new Nadam(), new Lion(), new RMSProp(), new AdaGrad(), new AdaDelta(), new FTRL(),
        new OnlineGradientDescent(0.1f), new SwitchAfter(1, new Adam(), new SGD(0.1f)),
    ];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_accepts_an_empty_parameter_or_none(Optimizer optimizer)
    {
        var empty = new Parameter([0, 3], DeepNotes.Initializers.Ones, seed: 0);
        var other = new Parameter([2], DeepNotes.Initializers.Ones, seed: 0);
        for (var step = 0; step < 2; step++)
        {
            optimizer.Minimize(empty.Value.Square().Sum() + other.Value.Square().Sum(), [empty, other]);
        }

        Assert.Equal<Shape>([0, 3], empty.Value.Shape);
        Assert.All(other.Value.ToArray(), value => Assert.True(value < 1));
        optimizer.ApplyGradients([]);
    }

    [Fact]
    public void Counts_of_no_samples_are_0_and_their_ratios_NaN()
    {
        var matrix = new ConfusionMatrix(None, None, 2);
        Assert.Equal(0, matrix.Samples(1));
        Assert.Equal(double.NaN, matrix.Accuracy);
        Assert.Contains("macro", new ClassMetrics(matrix).ToPlainText(), StringComparison.Ordinal);
        Assert.Empty(Metrics.Predictions(Tensor.Zeros([0, 3])));
        Assert.Equal<Shape>([0, 3], NoData.Inputs.Shape);
    }

    private static History Fit(Dataset train, Dataset? validation) =>
        new Trainer(new Linear(3, 2), new SGD(0.1f), Loss.CrossEntropy) { ShowsProgress = false }.Fit(train, epochs: 1, validation: validation);
}
