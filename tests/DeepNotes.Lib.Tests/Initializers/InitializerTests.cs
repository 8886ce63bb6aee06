using static DeepNotes.Initializers;

namespace DeepNotes.Tests.Initializers;

/// <summary>The drawn values have the mean, standard deviation, bounds and kurtosis of their distribution.</summary>
public sealed class InitializerTests
{
    private const double Unbounded = double.PositiveInfinity;
    private static readonly Shape Weight = [256, 784];
    private static readonly Shape Kernel = [128, 64, 5, 5];

    // Kurtosis: normal 3, normal truncated at two standard deviations 2.36554, uniform 1.8.
    // For 784 → 256, the standard deviations of Xavier and He and Xavier's bound are published values.
    private static readonly Dictionary<string, (Initializer Draw, Shape Shape, double Mean, double Deviation, double Reach, double Kurtosis)> Rows = new()
    {
        ["normal"] = (NormalWith(.5f), Weight, 0, .5, Unbounded, 3),
        ["normal, mean"] = (NormalWith(.01f, mean: -3), Weight, -3, .01, Unbounded, 3),
        ["truncated normal"] = (TruncatedNormalWith(1), Weight, 0, .8796257, 2, 2.36554),
        ["truncated normal, mean"] = (TruncatedNormalWith(.02f, mean: .1f), Weight, .1, .02 * .8796257, .04, 2.36554),
        ["truncated normal, narrow"] = (TruncatedNormalWith(100, cut: .01f), Weight, 0, 1 / Math.Sqrt(3), 1, 1.8),
        ["truncated normal, far"] = (TruncatedNormalWith(1, cut: 20), Weight, 0, 1, Unbounded, 3),
        ["uniform"] = (UniformWithin(.3f), Weight, 0, .3 / Math.Sqrt(3), .3, 1.8),
        ["uniform, range"] = (UniformWithin(2, 5), Weight, 3.5, 1.5 / Math.Sqrt(3), 1.5, 1.8),
        ["fan-in"] = (FanIn, Weight, 0, 1 / 28.0 / Math.Sqrt(3), 1 / 28.0, 1.8),
        ["LeCun normal"] = (LeCunNormal, Weight, 0, 1 / 28.0, Unbounded, 3),
        ["LeCun uniform"] = (LeCunUniform, Kernel, 0, 1 / 40.0, Math.Sqrt(3) / 40, 1.8),
        ["Xavier normal"] = (XavierNormal, Weight, 0, .043853, Unbounded, 3),
        ["Xavier uniform"] = (XavierUniform, Weight, 0, .043853, .075955, 1.8),
        ["Xavier normal, gain"] = (XavierNormal(Gain.Tanh), Kernel, 0, 5 / 3.0 * Math.Sqrt(2 / 4800.0), Unbounded, 3),
        ["Xavier uniform, gain"] = (XavierUniform(2), Kernel, 0, 2 * Math.Sqrt(2 / 4800.0), 2 * Math.Sqrt(6 / 4800.0), 1.8),
        ["He normal"] = (HeNormal, Weight, 0, .050508, Unbounded, 3),
        ["He normal, slope"] = (HeNormal(.5f), Kernel, 0, Math.Sqrt(1.6) / 40, Unbounded, 3),
        ["He normal, fan-out"] = (HeNormalFanOut, Kernel, 0, Math.Sqrt(2 / 3200.0), Unbounded, 3),
        ["He normal, fan-out, slope"] = (HeNormalFanOut(1), Kernel, 0, Math.Sqrt(1 / 3200.0), Unbounded, 3),
        ["He uniform"] = (HeUniform, Weight, 0, .050508, Math.Sqrt(6) / 28, 1.8),
        ["He uniform, slope"] = (HeUniform(MathF.Sqrt(5)), Weight, 0, 1 / 28.0 / Math.Sqrt(3), 1 / 28.0, 1.8),
        ["He uniform, fan-out"] = (HeUniformFanOut, Kernel, 0, Math.Sqrt(2 / 3200.0), Math.Sqrt(6 / 3200.0), 1.8),
        ["He uniform, fan-out, slope"] = (HeUniformFanOut(-1), Kernel, 0, Math.Sqrt(1 / 3200.0), Math.Sqrt(3 / 3200.0), 1.8),
    };

    public static TheoryData<string> Names => new(Rows.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Moments_are_within_six_standard_errors_of_the_formula(string name)
    {
        var (draw, shape, mean, deviation, _, kurtosis) = Rows[name];
        var values = draw(shape, new Generator(5));
        Assert.Equal(shape.Elements, values.Length);
        var (n, sampleMean) = (values.Length, values.Average(value => (double)value));
        var variance = values.Average(value => Math.Pow(value - sampleMean, 2));
        Assert.Equal(mean, sampleMean, 6 * deviation / Math.Sqrt(n));
        Assert.Equal(deviation, Math.Sqrt(variance), 6 * deviation * Math.Sqrt((kurtosis - 1) / n) / 2);
        Assert.Equal(kurtosis, values.Average(value => Math.Pow(value - sampleMean, 4)) / (variance * variance), 6 * Math.Sqrt(24.0 / n));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_value_is_out_of_bounds_and_the_bounds_are_reached(string name)
    {
        var (draw, shape, mean, _, reach, _) = Rows[name];
        var values = draw(shape, new Generator(6));
        Assert.All(values, value => Assert.True(float.IsFinite(value)));
        if (double.IsFinite(reach))
        {
            Assert.InRange(values.Max(), mean + .998 * reach, mean + reach * 1.00001);
            Assert.InRange(values.Min(), mean - reach * 1.00001, mean - .998 * reach);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_draws_the_same_values(string name)
    {
        var (draw, _, _, _, _, _) = Rows[name];
        Assert.Equal(draw([7, 5], new Generator(9)), draw([7, 5], new Generator(9)));
        Assert.NotEqual(draw([7, 5], new Generator(9)), draw([7, 5], new Generator(10)));
    }

    [Fact]
    public void Constants_are_constant()
    {
        var generator = new Generator(1);
        Assert.Equal([0f, 0, 0], Zeros([3], generator));
        Assert.Equal([1f, 1, 1, 1], Ones([2, 2], generator));
        Assert.Equal([-.5f, -.5f], Constant(-.5f)([2], generator));
        Assert.Equal([2f, 2], NormalWith(0, mean: 2)([2], generator));
        Assert.Equal([2f, 2], TruncatedNormalWith(0, mean: 2)([2], generator));
        Assert.Equal([2f, 2], UniformWithin(2, 2)([2], generator));
    }

    [Fact]
    public void A_weight_of_no_elements_draws_nothing()
    {
        Initializer[] all = [Zeros, Ones, FanIn, LeCunNormal, XavierUniform, HeNormal, HeUniformFanOut, Orthogonal, Identity];
        Assert.All(all, draw => Assert.Empty(draw([0, 3], new Generator(1))));
        Assert.All(all, draw => Assert.Empty(draw([3, 0], new Generator(1))));
    }

    [Fact]
    public void A_layer_uses_the_initializers_it_is_given()
    {
        var linear = new Linear(3, 3, initializer: Identity, biasInitializer: Constant(2));
        Assert.Equal([3f, 4, 5], linear.Forward(Tensor.From([1, 2, 3], [1, 3])).ToArray());
    }
}
