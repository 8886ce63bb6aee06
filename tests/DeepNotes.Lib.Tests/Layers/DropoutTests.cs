namespace DeepNotes.Tests.Layers;

public sealed class DropoutTests
{
    private static readonly int[] Images = [40, 50, 3, 4];

    /// <summary>A layer, and how many adjacent elements of x share one draw.</summary>
    public static TheoryData<Layer, int> Layers() => new()
    {
        { new Dropout(0.3f, seed: 1), 1 },
        { new SpatialDropout(0.3f, seed: 1), 12 },
        { new StochasticDepth(0.3f, seed: 1), 600 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Values_that_share_a_draw_are_dropped_together_and_the_mean_is_preserved(Layer layer, int shared)
    {
        var y = layer.Forward(Tensor.Full(Images, 3)).ToArray();

        Assert.All(y.Chunk(shared), chunk => Assert.Single(chunk.Distinct()));
        Assert.All(y, value => Assert.True(value == 0 || Math.Abs(value - 3 / 0.7f) < 1e-5));

        // Six standard errors of the mean of independent draws: a constant h has variance h²·p/(1 - p).
        var deviation = Math.Sqrt(9 * 0.3 / 0.7 / (y.Length / shared));
        Assert.InRange(y.Average(), 3 - 6 * deviation, 3 + 6 * deviation);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Evaluation_is_the_identity_and_the_gradient_has_the_same_mask(Layer layer, int shared)
    {
        Assert.True(shared > 0);
        var x = Tensor.Full(Images, 1).RequireGradient();
        Assert.Same(x, layer.Predict(x));
        var y = layer.Forward(x);
        y.Sum().Backward();
        Assert.Equal(y.ToArray(), x.Gradient!.ToArray());
    }

    [Fact]
    public void DropConnect_drops_weights_and_evaluates_with_their_mean()
    {
        var layer = new DropConnect(6, 400, 0.4f, seed: 2);
        layer.Linear.Weight.Bind(Tensor.Ones([400, 6]));
        layer.Linear.Bias!.Bind(Tensor.Zeros([400]));
        var x = Tensor.Ones([2, 6]);

        var y = layer.Forward(x).ToArray();
        Assert.Equal(y[..400], y[400..]);
        Assert.InRange(y.Average(), 6 - 6 * Math.Sqrt(6 * 0.4 / 0.6 / 400), 6 + 6 * Math.Sqrt(6 * 0.4 / 0.6 / 400));
        Assert.All(layer.Predict(x).ToArray(), value => Assert.Equal(6, value));
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(1f, 0f)]
    public void Probabilities_0_and_1_keep_everything_or_nothing(float probability, float expected) =>
        Assert.All(new Dropout(probability).Forward(Tensor.Ones([100])).ToArray(), value => Assert.Equal(expected, value));
}
