using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Layers;

/// <summary>Layers, losses, metrics, optimizers and data of no samples: the shape of PyTorch's result, or an error that names who wants more.</summary>
public sealed class EmptyBatchTests
{
    private static readonly int[] None = [];

    // The layer, what comes, and what comes out: a shape, or the beginning of the message.
    public static TheoryData<Func<Layer>, int[], string> Layers() => new()
    {
        { () => new Linear(4, 3), [0, 4], "[0, 3]" },
        { () => new Linear(4, 3, bias: false), [0, 4], "[0, 3]" },
        { () => new DropConnect(4, 3), [0, 4], "[0, 3]" },
        { () => new Flatten(), [0, 3, 4, 5], "[0, 60]" },
        { () => new Flatten(), [2, 0, 4], "[2, 0]" },
        { () => new Sequential { new Flatten(), new Linear(12, 5), new ReLU(), new Linear(5, 2), new Softmax() }, [0, 3, 4], "[0, 2]" },
        { () => new ReLU(), [0, 4], "[0, 4]" },
        { () => new GELU(), [3, 0], "[3, 0]" },
        { () => new PReLU(3), [0, 3, 2], "[0, 3, 2]" },
        { () => new Maxout(7, 3), [0, 7], "[0, 3]" },
        { () => new Softmax(), [3, 0], "[3, 0]" },
        { () => new Dropout(), [0, 4], "[0, 4]" },
        { () => new SpatialDropout(), [0, 3, 2, 2], "[0, 3, 2, 2]" },
        { () => new StochasticDepth(0.5f), [0, 4], "[0, 4]" },
        { () => new Residual(new Linear(4, 4)), [0, 4], "[0, 4]" },
        { () => new Branches { new Linear(4, 2), new Linear(4, 3) }, [0, 4], "[0, 5]" },
        { () => new Embedding(5, 3), [0, 2], "[0, 2, 3]" },
        { () => Evaluating(new BatchNorm1d(3)), [0, 3], "[0, 3]" },
        { () => Evaluating(new BatchNorm1d(3)), [0, 3, 7], "[0, 3, 7]" },
        { () => Evaluating(new BatchNorm1d(3)), [2, 3, 0], "[2, 3, 0]" },
        { () => Evaluating(new BatchNorm2d(3)), [0, 3, 2, 5], "[0, 3, 2, 5]" },
        { () => new BatchNorm1d(3), [0, 3], "BatchNorm1d(3): expected more than one value for each channel in training, got [0, 3]" },
        { () => new BatchNorm2d(3), [2, 3, 0, 4], "BatchNorm2d(3): expected more than one value for each channel in training, got [2, 3, 0, 4]" },
        { () => new LayerNorm(3), [0, 3], "LayerNorm([3]): expected [N, …, 3] of at least one value, got [0, 3]" },
        { () => new LayerNorm([3, 4]), [2, 0, 3, 4], "LayerNorm([3, 4]): expected [N, …, 3, 4] of at least one value, got [2, 0, 3, 4]" },
        { () => new GroupNorm(2, 4), [0, 4, 3], "GroupNorm(2 groups of 4): expected [N, 4, …] of at least one value, got [0, 4, 3]" },
        { () => new InstanceNorm2d(3), [0, 3, 5, 5], "InstanceNorm2d(3): expected [N, 3, …] of at least one value, got [0, 3, 5, 5]" },
        { () => new Conv2d(3, 4, 3), [0, 3, 8, 8], "Convolve: expected images [N, C, H, W] of at least one value, got [0, 3, 8, 8]" },
        { () => new MaxPool2d(2), [0, 3, 8, 8], "MaxPool: expected images" },
        { () => new AveragePool2d(2), [0, 3, 8, 8], "AveragePool: expected images" },
        { () => new AdaptiveAveragePool2d(2), [0, 3, 8, 8], "AdaptiveAveragePool2d(2×2): expected images" },
        { () => new GlobalAveragePool(), [0, 3, 8, 8], "GlobalAveragePool: expected images" },
        { () => new RNN(3, 4), [0, 2, 3], "RNN(3→4): expected [N, T, 3] of at least one step, got [0, 2, 3]" },
        { () => new RNN(3, 4), [2, 0, 3], "RNN(3→4): expected [N, T, 3] of at least one step, got [2, 0, 3]" },
        { () => new GRU(3, 4), [0, 2, 3], "GRU(3→4): expected [N, T, 3] of at least one step, got [0, 2, 3]" },
        { () => new LSTM(3, 4), [0, 2, 3], "LSTM(3→4): expected [N, T, 3] of at least one step, got [0, 2, 3]" },
        { () => new LSTM(3, 4), [2, 0, 3], "LSTM(3→4): expected [N, T, 3] of at least one step, got [2, 0, 3]" },
        { () => new Bidirectional(new LSTM(3, 4), new LSTM(3, 4)), [2, 0, 3], "LSTM(3→4): expected [N, T, 3] of at least one step, got [2, 0, 3]" },
        { () => new LastStep(), [2, 0, 3], "LastStep: expected [N, T, features] of at least one step, got [2, 0, 3]" },
        { () => new LastStep(), [0, 2, 3], "LastStep: expected [N, T, features] of at least one step, got [0, 2, 3]" },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer(Func<Layer> make, int[] input, string expected)
    {
        foreach (var device in Devices.All)
        {
            using var chosen = device.Use();
            var layer = make();
            var x = Tensor.Zeros(input).RequireGradient();
            try
            {
                var y = layer.Forward(x);
                Assert.Equal(expected, y.Shape.ToString());
                y.Sum().Backward();
                Assert.True(layer is Embedding || x.Gradient!.Shape == x.Shape);
                Assert.All(layer.Parameters, parameter => Assert.All(parameter.Gradient!.ToArray(), slope => Assert.Equal(0, slope)));
            }
            catch (ShapeException error)
            {
                Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Nothing has no mean: where PyTorch says NaN, each of these says what it was given.</summary>
    public static TheoryData<string, Func<object>> Mistakes() => new()
    {
        { "MeanSquaredError: expected at least one value, got [0, 3]", () => Loss.MeanSquaredError(Tensor.Zeros([0, 3]), Tensor.Zeros([0, 3])) },
        { "MeanAbsoluteError: expected at least one value, got [0]", () => Loss.MeanAbsoluteError(Tensor.Zeros([0]), Tensor.Zeros([0])) },
        { "Huber: expected at least one value, got [0]", () => Loss.Huber(Tensor.Zeros([0]), Tensor.Zeros([0])) },
        { "BinaryCrossEntropy: expected at least one value, got [3, 0]", () => Loss.BinaryCrossEntropy(Tensor.Zeros([3, 0]), Tensor.Zeros([3, 0])) },
        { "BinaryFocal: expected at least one value, got [0]", () => Loss.BinaryFocal(Tensor.Zeros([0]), Tensor.Zeros([0])) },
        { "CrossEntropy: expected scores [N, C] of at least one sample, got [0, 3]", () => Loss.CrossEntropy(Tensor.Zeros([0, 3]), None) },
        { "CrossEntropy: expected scores [N, C] of at least one sample, got [3, 0]", () => Loss.CrossEntropy(Tensor.Zeros([3, 0]), new int[3]) },
        { "SoftCrossEntropy: expected scores [N, C] of at least one sample, got [0, 3]", () => Loss.SoftCrossEntropy(Tensor.Zeros([0, 3]), Tensor.Zeros([0, 3])) },
        { "NegativeLogLikelihood: expected", () => Loss.NegativeLogLikelihood(Tensor.Zeros([0, 3]), None) },
        { "KullbackLeibler: expected log-probabilities [N, C] of at least one sample", () => Loss.KullbackLeibler(Tensor.Zeros([0, 3]), Tensor.Zeros([0, 3])) },
        { "Distillation: expected scores [N, C] of at least one sample", () => Loss.Distillation(Tensor.Zeros([0, 3]), Tensor.Zeros([0, 3]), None) },
        { "Entropy: expected scores [N, C] of at least one sample", () => Loss.Entropy(Tensor.Zeros([0, 3])) },
        { "Focal: expected scores [N, C] of at least one sample", () => Loss.Focal(Tensor.Zeros([0, 3]), None) },
        { "Hinge: expected scores [N, C] of at least one sample", () => Loss.Hinge(Tensor.Zeros([0, 3]), None) },
        { "Center: expected features [N, D] of at least one sample", () => Loss.Center(Tensor.Zeros([0, 3]), None, Tensor.Zeros([2, 3])) },
        { "Contrastive: expected", () => Loss.Contrastive(Tensor.Zeros([0, 3]), Tensor.Zeros([0, 3]), []) },
        { "Triplet: expected", () => Loss.Triplet(Tensor.Zeros([0, 3]), Tensor.Zeros([0, 3]), Tensor.Zeros([0, 3])) },
        { "LargeMarginSoftmax: expected", () => Loss.LargeMarginSoftmax(Tensor.Zeros([0, 3]), Tensor.Zeros([2, 3]), None, margin: 2) },
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
    public void Nothing_is_a_mistake(string message, Func<object> mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(mistake).Message, StringComparison.Ordinal);

    public static TheoryData<Optimizer> Optimizers() =>
    [
        new SGD(0.1f), new SGD(0.1f, 0.9f), new Adam(), new AdamW(), new AMSGrad(), new RAdam(), new Nadam(), new Lion(), new RMSProp(), new AdaGrad(), new AdaDelta(), new FTRL(),
    ];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_of_an_empty_parameter_or_of_none(Optimizer optimizer)
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
    public void Counts_of_nothing_are_0_and_their_shares_NaN()
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

    private static Layer Evaluating(Layer layer)
    {
        layer.Train(false);
        return layer;
    }
}
