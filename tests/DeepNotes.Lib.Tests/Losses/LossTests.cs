using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Losses;

public sealed class LossTests
{
    private static readonly int[] Labels = [0, 1, 2];

    // Scores of ±100, all correct and then all wrong, with the limit of each loss.
    public static TheoryData<string, Func<Tensor, Tensor>, double, double> LargeScores() => new()
    {
        { "cross-entropy", z => Loss.CrossEntropy(z, Labels), 0, 200 + Math.Log(2) },
        { "smoothed cross-entropy", z => Loss.CrossEntropy(z, Labels, .3f), .2 * 200, .7 * (200 + Math.Log(2)) + .1 * (200 + 3 * Math.Log(2)) },
        { "soft cross-entropy", z => Loss.SoftCrossEntropy(z, Tensor.OneHot(Labels, 3)), 0, 200 + Math.Log(2) },
        { "binary cross-entropy", z => Loss.BinaryCrossEntropy(z, Tensor.OneHot(Labels, 3)), 0, 100 },
        { "hinge", z => Loss.Hinge(z, Labels), 0, 402 },
        { "focal", z => Loss.Focal(z, Labels, .5f), 0, 200 + Math.Log(2) },
        { "binary focal", z => Loss.BinaryFocal(z, Tensor.OneHot(Labels, 3), .5f, alpha: .5f), 0, 50 },
        { "divergence", z => Loss.KullbackLeibler(z.LogSoftmax(), Tensor.OneHot(Labels, 3)), 0, 200 + Math.Log(2) },
        { "distillation", z => Loss.Distillation(z, 100 * Tensor.OneHot(Labels, 3), Labels, 1, .5f), 0, 200 + Math.Log(2) },
    };

    [Theory]
    [MemberData(nameof(LargeScores))]
    public void Large_scores_do_not_overflow(string name, Func<Tensor, Tensor> loss, double right, double wrong)
    {
        foreach (var (sign, expected) in new[] { (1, right), (-1, wrong) })
        {
            var z = (sign * (200 * Tensor.OneHot(Labels, 3) - 100)).Detach().RequireGradient();
            var value = loss(z);
            value.Backward();
            Assert.True(Math.Abs(value.ToSingle() - expected) <= 1e-5 * Math.Max(1, expected), $"{name}: {value.ToSingle()}, expected {expected}");
            Assert.All(z.Gradient!.ToArray(), slope => Assert.True(float.IsFinite(slope), name));
        }
    }

    [Fact]
    public void Every_loss_of_two_arguments_goes_into_a_trainer_by_name()
    {
        var (net, optimizer) = (new Linear(2, 2), new SGD(0.1f));
        Func<Tensor, int[], Tensor>[] ofLabels = [Loss.CrossEntropy, Loss.NegativeLogLikelihood, Loss.Hinge, Loss.Focal];
        Func<Tensor, Tensor, Tensor>[] ofTargets =
        [
            Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber, Loss.BinaryCrossEntropy, Loss.BinaryFocal,
            Loss.SoftCrossEntropy, Loss.KullbackLeibler,
        ];
        Assert.All(ofLabels, loss => Assert.NotNull(new Trainer(net, optimizer, loss)));
        Assert.All(ofTargets, loss => Assert.NotNull(new Trainer(net, optimizer, loss)));
        Assert.NotNull(new Trainer(net, optimizer, Loss.CrossEntropy));
        Assert.NotNull(new Trainer(net, optimizer, Loss.MeanSquaredError));
    }

    [Fact]
    public void The_distance_of_equal_points_has_a_finite_gradient()
    {
        var a = Tensor.Ones([1, 3]).RequireGradient();
        (Loss.Contrastive(a, a.Detach(), [false]) + Loss.Triplet(a, a.Detach(), a.Detach())).Backward();
        Assert.Equal([0f, 0f, 0f], a.Gradient!.ToArray());
    }

    // Not exactly 0, because Vector512.Exp(0) is one bit above 1.
    [Theory]
    [InlineData(0)]
    [InlineData(.3f)]
    public void A_single_class_has_no_loss_and_no_gradient(float labelSmoothing)
    {
        var z = Tensor.From([-3, 0, 88], [3, 1]).RequireGradient();
        var loss = Loss.CrossEntropy(z, [0, 0, 0], labelSmoothing);
        loss.Backward();
        Assert.Equal(0, loss.ToSingle(), 2e-7);
        Assert.All(z.Gradient!.ToArray(), slope => Assert.Equal(0, slope, 2e-7));
    }

    [Fact]
    public void No_gradient_reaches_the_teacher()
    {
        var (student, teacher) = (Tensor.Ones([1, 3]).RequireGradient(), Tensor.Normal([1, 3]).RequireGradient());
        Loss.Distillation(student, teacher, [1]).Backward();
        Assert.NotNull(student.Gradient);
        Assert.Null(teacher.Gradient);
    }

    [Fact]
    public void An_ignored_sample_gets_no_gradient()
    {
        var z = Tensor.Normal([2, 3], seed: 3).RequireGradient();
        Loss.CrossEntropy(z, [1, -1], .1f, ignoreIndex: -1).Backward();
        Assert.Equal([0f, 0f, 0f], z.Gradient!.Slice(0, 1, 1).ToArray());
    }

    // Its scores may be anything: a class masked by -∞, or NaN. Expected: PyTorch's values.
    [Theory]
    [InlineData(float.NegativeInfinity, 0f, 2.4076059)]
    [InlineData(float.PositiveInfinity, 0f, 2.4076059)]
    [InlineData(float.NaN, 0f, 2.4076059)]
    [InlineData(float.NegativeInfinity, .1f, 2.307606)]
    [InlineData(float.NaN, .1f, 2.307606)]
    public void An_ignored_sample_does_not_count_whatever_its_scores(float score, float smoothing, double expected)
    {
        var z = Tensor.From(new float[,] { { score, 1, 1 }, { 1, 2, 3 } }).RequireGradient();
        Func<Tensor, int[], Reduction, Tensor>[] losses =
        [
            (x, labels, reduction) => Loss.CrossEntropy(x, labels, smoothing, reduction: reduction),
            (x, labels, reduction) => smoothing > 0 ? Loss.CrossEntropy(x, labels, smoothing, [1, 1, 1], reduction: reduction)
                : Loss.NegativeLogLikelihood(x.LogSoftmax(), labels, null, reduction: reduction),
        ];
        foreach (var loss in losses)
        {
            AssertClose.Equal([expected, expected], [loss(z, [-100, 0], Reduction.Mean).ToSingle(), loss(z, [-100, 0], Reduction.Sum).ToSingle()], 1e-6, "mean, sum");
            AssertClose.Equal([0, expected], [.. loss(z, [-100, 0], Reduction.None).ToArray()], 1e-6, "terms");
        }

        foreach (var createGraph in new[] { false, true })
        {
            var dz = Tensor.Gradients(losses[0](z, [-100, 0], Reduction.Mean), [z], createGraph: createGraph)[0];
            Assert.Equal([0f, 0, 0], dz.Slice(0, 0, 1).ToArray());
            Assert.All(dz.ToArray(), slope => Assert.True(float.IsFinite(slope)));
        }
    }

    // As in torch.distributions.Categorical: a class of probability 0 contributes 0.
    [Fact]
    public void The_entropy_of_scores_with_a_masked_class_is_that_of_the_others()
    {
        var z = Tensor.From(new float[,] { { float.NegativeInfinity, 0, 0 }, { 3e38f, -3e38f, float.NegativeInfinity } }).RequireGradient();
        var entropy = Loss.Entropy(z, Reduction.None);
        AssertClose.Equal([Math.Log(2), 0], [.. entropy.ToArray()], 1e-6, "entropy");
        entropy.Sum().Backward();
        AssertClose.Equal(new double[6], [.. z.Gradient!.ToArray()], 1e-6, "gradient");
    }

    // Two samples at 4 and 6 and a center at 2: Δ = ((2 - 4) + (2 - 6))/(1 + 2) = -2, half of it moves the center to 3.
    [Fact]
    public void Centers_move_as_in_the_paper()
    {
        var loss = new CenterLoss(classes: 2, features: 1);
        loss.Centers.Value.Assign(Tensor.From([2, 7], [2, 1]));
        loss.MoveCenters(Tensor.From([4, 6], [2, 1]), [0, 0]);
        Assert.Equal([3f, 7f], loss.Centers.Value.ToArray());
    }

    [Fact]
    public void Losses_with_parameters_list_them_and_give_them_gradients()
    {
        var x = Tensor.Normal([6, 3], seed: 1);
        int[] labels = [0, 1, 2, 3, 0, 1];
        var (center, margin) = (new CenterLoss(4, 3, seed: 1), new LargeMarginSoftmax(3, 4, seed: 2) { Annealing = 10 });
        (center.Of(x, labels) + margin.Of(x, labels)).Backward();
        Assert.Equal(["Centers"], center.NamedParameters.Select(named => named.Name));
        Assert.Equal(["Weight"], margin.NamedParameters.Select(named => named.Name));
        Assert.All(center.Parameters.Concat(margin.Parameters), parameter => Assert.Contains(parameter.Gradient!.ToArray(), slope => slope != 0));
        Assert.Equal<Shape>([6, 4], margin.Scores(x).Shape);
    }

    // PyTorch's cross_entropy and nll_loss: the mean of no terms is 0/0 and does not depend on the scores.
    [Theory]
    [InlineData(0)]
    [InlineData(.1f)]
    public void A_mean_over_ignored_labels_alone_is_NaN_with_a_gradient_of_zeros(float labelSmoothing)
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
    public void A_mean_over_classes_of_weight_0_alone_is_NaN() =>
        Assert.Equal(float.NaN, Loss.CrossEntropy(Tensor.Zeros([3, 3]), [0, 2, 0], 0, [0, 1, 0]).ToSingle());

    [Fact]
    public void The_rate_of_centers_is_between_0_and_1() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CenterLoss(3, 3).MoveCenters(Tensor.Zeros([3, 3]), Labels, rate: 2));
}
