namespace DeepNotes.Tests.Losses;

/// <summary>What does not fit is refused, with the loss, the expected and the given named.</summary>
public sealed class LossErrorTests
{
    private static readonly int[] Labels = [0, 2];
    private static readonly Tensor Scores = Tensor.Zeros([2, 3]);
    private static readonly Tensor Empty = Tensor.Zeros([0, 3]);
    private static readonly Tensor Halves = Tensor.Full([2, 3], .5f);
    private static readonly Dictionary<string, Func<Tensor>> Wrong = new()
    {
        ["CrossEntropy: label 3 of sample 1: expected 0 to 2"] = () => Loss.CrossEntropy(Scores, [0, 3]),
        ["CrossEntropy: label -1 of sample 0"] = () => Loss.CrossEntropy(Scores, [-1, 0]),
        ["CrossEntropy: label -100 of sample 0: expected 0 to 2"] = () => Loss.CrossEntropy(Scores, [-100, 0], 0, ignoreIndex: -1),
        ["CrossEntropy: expected 2 labels, one for each row, got 1"] = () => Loss.CrossEntropy(Scores, [0]),
        ["CrossEntropy: expected scores [N, C] of at least one sample, got [0, 3]"] = () => Loss.CrossEntropy(Empty, []),
        ["CrossEntropy: expected scores [N, C] of at least one sample, got [6]"] = () => Loss.CrossEntropy(Scores.Reshape(6), Labels),
        ["CrossEntropy: expected label smoothing in [0, 1), got 1"] = () => Loss.CrossEntropy(Scores, Labels, 1),
        ["CrossEntropy: expected label smoothing in [0, 1), got -0.1"] = () => Loss.CrossEntropy(Scores, Labels, -.1f),
        ["CrossEntropy: expected label smoothing in [0, 1), got NaN"] = () => Loss.CrossEntropy(Scores, Labels, float.NaN),
        ["CrossEntropy: expected class weights of at least 0, got -1"] = () => Loss.CrossEntropy(Scores, Labels, 0, [1, -1, 1]),
        ["CrossEntropy: expected 3 class weights, one for each class, got 2"] = () => Loss.CrossEntropy(Scores, Labels, 0, [1, 1]),
        ["SoftCrossEntropy: expected targets of shape [2, 3], got [3, 2]"] = () => Loss.SoftCrossEntropy(Scores, Tensor.Zeros([3, 2])),
        ["SoftCrossEntropy: expected scores [N, C]"] = () => Loss.SoftCrossEntropy(Empty, Empty),
        ["NegativeLogLikelihood: label 3 of sample 1"] = () => Loss.NegativeLogLikelihood(Scores, [0, 3]),
        ["Entropy: expected scores [N, C] of at least one sample, got [0, 3]"] = () => Loss.Entropy(Empty),
        ["Softmax: expected temperature > 0, got 0"] = () => Scores.Softmax(temperature: 0),
        ["LogSoftmax: expected temperature > 0, got NaN"] = () => Scores.LogSoftmax(temperature: float.NaN),
        ["Softmax: temperature -1: expected a finite number above 0"] = () => new Softmax(-1).Forward(Scores),
        ["LogSoftmax: temperature 0: expected a finite number above 0"] = () => new LogSoftmax(0).Forward(Scores),
        ["MeanSquaredError: expected targets of shape [4, 1], got [4]"] = () => Loss.MeanSquaredError(Tensor.Zeros([4, 1]), Tensor.Zeros([4])),
        ["MeanSquaredError: expected at least one value, got [0, 3]"] = () => Loss.MeanSquaredError(Empty, Empty),
        ["MeanAbsoluteError: expected targets of shape [2, 3], got [2, 1]"] = () => Loss.MeanAbsoluteError(Scores, Tensor.Zeros([2, 1])),
        ["Huber: expected delta > 0, got 0"] = () => Loss.Huber(Scores, Scores, delta: 0),
        ["Huber: expected at least one value, got [0, 3]"] = () => Loss.Huber(Empty, Empty),
        ["BinaryCrossEntropy: expected targets in [0, 1], got 2"] = () => Loss.BinaryCrossEntropy(Scores, Tensor.Full([2, 3], 2)),
        ["BinaryCrossEntropy: expected positive weight > 0, got -1"] = () => Loss.BinaryCrossEntropy(Scores, Halves, -1),
        ["BinaryCrossEntropy: expected targets of shape [2, 3], got [2]"] = () => Loss.BinaryCrossEntropy(Scores, Tensor.Zeros([2])),
        ["Hinge: expected margin > 0, got 0"] = () => Loss.Hinge(Scores, Labels, margin: 0),
        ["Hinge: expected power 1 or 2, got 3"] = () => Loss.Hinge(Scores, Labels, 1, power: 3),
        ["Hinge: label 5 of sample 0: expected 0 to 2"] = () => Loss.Hinge(Scores, [5, 0]),
        ["KullbackLeibler: expected targets in [0, 1], got -0.5"] = () => Loss.KullbackLeibler(Scores, -Halves),
        ["KullbackLeibler: expected log-probabilities [N, C] of at least one sample, got [0, 3]"] = () => Loss.KullbackLeibler(Empty, Empty),
        ["Distillation: expected temperature > 0, got 0"] = () => Loss.Distillation(Scores, Scores, Labels, temperature: 0),
        ["Distillation: expected alpha in [0, 1], got 1.5"] = () => Loss.Distillation(Scores, Scores, Labels, alpha: 1.5f),
        ["Distillation: expected the teacher's scores of shape [2, 3], got [0, 3]"] = () => Loss.Distillation(Scores, Empty, Labels),
        ["Focal: expected gamma of at least 0, got -1"] = () => Loss.Focal(Scores, Labels, gamma: -1),
        ["Focal: label 3 of sample 0: expected 0 to 2"] = () => Loss.Focal(Scores, [3, 0]),
        ["BinaryFocal: expected alpha in [0, 1], got 2"] = () => Loss.BinaryFocal(Scores, Halves, 2, alpha: 2),
        ["BinaryFocal: expected targets in [0, 1], got -0.5"] = () => Loss.BinaryFocal(Scores, -Halves),
        ["Contrastive: expected margin > 0, got -1"] = () => Loss.Contrastive(Scores, Scores, [true, false], margin: -1),
        ["Contrastive: expected 2 answers, one for each pair, got 1"] = () => Loss.Contrastive(Scores, Scores, [true]),
        ["Contrastive: expected points [N, D] of at least one sample, got [0, 3]"] = () => Loss.Contrastive(Empty, Empty, []),
        ["Triplet: expected margin > 0, got NaN"] = () => Loss.Triplet(Scores, Scores, Scores, margin: float.NaN),
        ["Triplet: expected negatives of shape [2, 3], got [0, 3]"] = () => Loss.Triplet(Scores, Scores, Empty),
        ["Center: expected centers [C, 3], got [3, 2]"] = () => Loss.Center(Scores, Labels, Tensor.Zeros([3, 2])),
        ["Center: label 2 of sample 1: expected 0 to 1"] = () => new CenterLoss(2, 3).Of(Scores, Labels),
        ["Center: expected features [N, D] of at least one sample"] = () => new CenterLoss(2, 3).Of(Empty, []),
        ["LargeMarginSoftmax: expected margin 1 to 4, got 5"] = () => Loss.LargeMarginSoftmax(Scores, Scores, [0, 1], margin: 5),
        ["LargeMarginSoftmax: expected annealing of at least 0, got -1"] = () => Loss.LargeMarginSoftmax(Scores, Scores, [0, 1], 2, annealing: -1),
        ["LargeMarginSoftmax: expected weights [C, 3], got [3, 2]"] = () => Loss.LargeMarginSoftmax(Scores, Tensor.Zeros([3, 2]), [0, 1], 2),
        ["LargeMarginSoftmax: label 2 of sample 1: expected 0 to 1"] = () => new LargeMarginSoftmax(3, 2).Of(Scores, Labels),
        ["LargeMarginSoftmax: expected margin 1 to 4, got 0"] = () => new LargeMarginSoftmax(3, 2, margin: 0).Weight,
        ["LargeMarginSoftmax: expected features [N, 3], got [3, 2]"] = () => new LargeMarginSoftmax(3, 2).Scores(Tensor.Zeros([3, 2])),
    };

    public static TheoryData<string> Messages => new(Wrong.Keys);

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_does_not_fit_is_named(string message)
    {
        var error = Assert.ThrowsAny<Exception>(() => Wrong[message]());
        Assert.True(error is ShapeException or ArgumentOutOfRangeException, error.GetType().Name);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    // PyTorch's cross_entropy and nll_loss: the mean of no term is 0/0, and no score can change it.
    [Theory]
    [InlineData(0)]
    [InlineData(.1f)]
    public void A_mean_over_nothing_but_ignored_labels_is_NaN_with_a_gradient_of_zeros(float labelSmoothing)
    {
        foreach (var loss in (Func<Tensor, Tensor>[])[
            z => Loss.CrossEntropy(z, [-100, -100], labelSmoothing),
            z => Loss.CrossEntropy(z, [1, 1], labelSmoothing, ignoreIndex: 1),
            z => Loss.NegativeLogLikelihood(z, [-100, -100])])
        {
            var z = Tensor.Normal([2, 3]).RequireGradient();
            var value = loss(z);
            value.Backward();
            Assert.Equal(float.NaN, value.ToSingle());
            Assert.Equal(new float[6], z.Gradient!.ToArray());
        }
    }

    // As in PyTorch, a mean whose weights are all 0 is 0/0 too.
    [Fact]
    public void A_mean_over_nothing_but_classes_of_weight_0_is_NaN() =>
        Assert.Equal(float.NaN, Loss.CrossEntropy(Scores, Labels, 0, [0, 1, 0]).ToSingle());

    [Fact]
    public void The_rate_of_centers_is_a_share() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CenterLoss(3, 3).MoveCenters(Scores, Labels, rate: 2));
}
