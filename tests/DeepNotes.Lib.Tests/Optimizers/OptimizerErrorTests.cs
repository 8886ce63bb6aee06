namespace DeepNotes.Tests.Optimizers;

public sealed class OptimizerErrorTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_broken_gradient_is_named_and_nothing_changes(float broken)
    {
        Sequential net = [new Linear(2, 3, seed: 1), new Linear(3, 2, seed: 2)];
        var (first, second) = (net.Parameters[0], net.Parameters[2]);
        var optimizer = new Adam(0.01f);
        optimizer.Name(net);
        optimizer.ApplyGradients([(first, Tensor.Ones([3, 2])), (second, Tensor.Ones([2, 3]))]);
        float[] before = [.. first.Value.ToArray(), .. second.Value.ToArray()];

        var error = Assert.Throws<TrainingException>(() => optimizer.ApplyGradients(
            [(first, Tensor.Ones([3, 2])), (second, Tensor.From([1, 2, broken, 4, 5, 6], [2, 3]))]));

        Assert.Contains("1.Weight [2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains($"holds {broken} at step 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, first.Value.ToArray().Concat(second.Value.ToArray()));
        Assert.Equal(1, optimizer.Step);
    }

    [Fact]
    public void A_parameter_without_a_name_is_told_by_its_position()
    {
        var w = Of(0, 0);
        var error = Assert.Throws<TrainingException>(() => new SGD(1).ApplyGradients([(w, Tensor.From(float.NaN, 0))]));
        Assert.Contains("parameter 0 [2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finite_gradient_whose_sum_overflows_is_no_error()
    {
        var w = Of(0, 0);
        new SGD(1e-38f).ApplyGradients([(w, Tensor.From(3e38f, 3e38f))]);
        Assert.Equal(-3, w.Value[0], 1e-5);
    }

    [Fact]
    public void A_gradient_of_another_shape_is_refused()
    {
        var (w, v) = (Of(1, 2), Of(1, 2));
        Assert.Throws<ShapeException>(() => new SGD(1).ApplyGradients([(w, Tensor.From(1, 1)), (v, Tensor.From(1f))]));
        Assert.Equal([1f, 2f], w.Value.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.5f)]
    [InlineData(float.PositiveInfinity)]
    public void A_schedule_must_give_a_factor(float factor)
    {
        var optimizer = new SGD(1) { Schedule = step => step == 1 ? factor : 1 };
        var w = Of(1);
        optimizer.ApplyGradients([(w, Tensor.From(1f))]);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.ApplyGradients([(w, Tensor.From(1f))]));
        Assert.Contains("step 1", error.Message, StringComparison.Ordinal);
        Assert.Equal((0f, 1), (w.Value.ToSingle(), optimizer.Step));
    }

    [Fact]
    public void A_rate_set_later_is_checked_too() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(1).LearningRate = float.NaN);

    public static TheoryData<string, Func<object>> BadNumbers() => new()
    {
        { "SGD: momentum", () => new SGD(0.1f, 0, nesterov: true) },
        { "OnlineGradientDescent: learning rate", () => new OnlineGradientDescent(0) },
        { "AdaGrad: epsilon", () => new AdaGrad(epsilon: 0) },
        { "AdaDelta: rho", () => new AdaDelta(rho: 1) },
        { "RMSProp: rho", () => new RMSProp(rho: -0.1f) },
        { "RMSProp: momentum", () => new RMSProp(momentum: float.NaN) },
        { "Adam: beta1", () => new Adam(beta1: 1) },
        { "AMSGrad: beta2", () => new AMSGrad(beta2: 1.5f) },
        { "AdamW: WeightDecay", () => new AdamW(weightDecay: -1) },
        { "Nadam: momentumDecay", () => new Nadam(momentumDecay: float.NaN) },
        { "RAdam: epsilon", () => new RAdam(epsilon: float.PositiveInfinity) },
        { "Lion: beta2", () => new Lion(beta2: 1) },
        { "FTRL: beta", () => new FTRL(beta: 0) },
        { "FTRL: lambda1", () => new FTRL(lambda1: -1) },
        { "SwitchAfter: steps", () => new SwitchAfter(0, new Adam(), new SGD(1)) },
        { "SGD: WeightDecay", () => new SGD(1) { WeightDecay = float.NaN } },
        { "SGD: L1", () => new SGD(1) { L1 = -1 } },
        { "SGD: ClipValue", () => new SGD(1) { ClipValue = 0 } },
        { "SGD: ClipNorm", () => new SGD(1) { ClipNorm = -1 } },
        { "SGD: GlobalClipNorm", () => new SGD(1) { GlobalClipNorm = float.NaN } },
        { "SGD: MaxNorm", () => new SGD(1) { MaxNorm = 0 } },
        { "SGD: AccumulationSteps", () => new SGD(1) { AccumulationSteps = 0 } },
        { "ParameterGroup: LearningRateFactor", () => new ParameterGroup([]) { LearningRateFactor = 0 } },
        { "ParameterGroup: WeightDecay", () => new ParameterGroup([]) { WeightDecay = -1 } },
    };

    [Theory]
    [MemberData(nameof(BadNumbers))]
    public void Numbers_out_of_range_are_named(string expected, Func<object> make) =>
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    private static Parameter Of(params float[] values) => new([values.Length], (_, _) => values, 0);
}
