namespace DeepNotes.Tests.Autograd;

/// <summary>Powers and limits where formulas break down: at 0, at infinity, of negative numbers. The expected values are PyTorch's.</summary>
public sealed class PowerTests
{
    public static TheoryData<float, float, float, float> Edges() => new()
    {
        // x, p, xᵖ, p·xᵖ⁻¹
        { 0, 0, 1, 0 },
        { 0, 1, 0, 1 },
        { 0, 2, 0, 0 },
        { 0, 3, 0, 0 },
        { 0, .5f, 0, float.PositiveInfinity },
        { 0, -1, float.PositiveInfinity, float.NegativeInfinity },
        { -2, 3, -8, 12 },
        { -2, -1, -.5f, -.25f },
        { -2, 2, 4, -4 },
        { -2, 0, 1, 0 },
        { -2, .5f, float.NaN, float.NaN },
        { 16, .25f, 2, .03125f },
        { 1e20f, 2, float.PositiveInfinity, 2e20f },
        { float.NaN, 0, 1, 0 },
        { float.NaN, 1, float.NaN, 1 },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void A_power_and_its_slope(float x, float p, float value, float slope)
    {
        foreach (var device in Support.Devices.All)
        {
            using var chosen = device.Use();
            var tensor = Tensor.From(x).RequireGradient();
            var y = tensor.Pow(p);
            y.Sum().Backward();
            Assert.Equal(value, y.ToSingle());
            Assert.Equal(slope, tensor.Gradient!.ToSingle());
        }
    }

    [Fact]
    public void A_power_of_tensors_at_zero_has_the_slopes_of_PyTorch()
    {
        var (a, b) = (Tensor.From(0, 0, 0, 2).RequireGradient(), Tensor.From(-1, 0, 2, -1).RequireGradient());
        a.Pow(b).Sum().Backward();
        Assert.Equal([float.NegativeInfinity, 0, 0, -.25f], a.Gradient!.ToArray());
        Assert.Equal([float.NegativeInfinity, 0, 0], b.Gradient!.ToArray()[..3]);
    }

    // Expected: the power in double precision, rounded once.
    [Fact]
    public void A_power_is_accurate_where_it_is_large_and_where_it_is_small()
    {
        for (var exponent = -12.5f; exponent <= 12.5f; exponent += .5f)
        {
            var x = Tensor.Linspace(.01, 700, 97);
            var y = x.Pow(exponent).ToArray();
            foreach (var (from, to) in x.ToArray().Zip(y))
            {
                var exact = Math.Pow(from, exponent);
                Assert.True(Math.Abs(to - exact) <= 2e-7 * exact || exact is < 1e-37 or > 3e38, $"{from}^{exponent} = {to}, exactly {exact}");
            }
        }
    }

    [Fact]
    public void A_clamp_keeps_NaN_and_passes_gradients_within_its_limits()
    {
        var x = Tensor.From(-3, -1, .5f, 1, 3, float.NaN).RequireGradient();
        var y = x.Clamp(-1, 1);
        y.Sum().Backward();
        Assert.Equal([-1, -1, .5f, 1, 1, float.NaN], y.ToArray());
        Assert.Equal([0f, 1, 1, 1, 0], x.Gradient!.ToArray()[..5]);
        Assert.Equal([-3f, 2, 2], Tensor.From(-3, 2, 5).Clamp(high: 2).ToArray());
    }

    // ln 4 of equal probabilities; 0·ln 0 = 0.
    [Fact]
    public void The_entropy_of_a_distribution()
    {
        var p = Tensor.From(new float[,] { { .25f, .25f, .25f, .25f }, { 1, 0, 0, 0 }, { .5f, 0, .5f, 0 } });
        Support.AssertClose.Equal([Math.Log(4), 0, Math.Log(2)], [.. p.Entropy().ToArray()], 1e-6, "entropy");
    }

    // A small temperature gives all probability to the largest score; a large one gives equal probabilities.
    [Fact]
    public void A_temperature_sharpens_and_flattens()
    {
        var z = Tensor.From(1e30f, -1e30f, 1e30f, 0);
        Assert.Equal([.5f, 0, .5f, 0], z.Softmax(temperature: 1e-6f).ToArray());
        Assert.Equal([0f, 0, 1], Tensor.From(1, 2, 3).Softmax(temperature: 1e-40f).ToArray());
        Support.AssertClose.Equal([-1e35, 0], [.. Tensor.From(99_999, 100_000).LogSoftmax(temperature: 1e-35f).ToArray()], 1e-6, "cold");
        Support.AssertClose.Equal([.25, .25, .25, .25], [.. Tensor.From(1, 2, 3, 4).Softmax(temperature: 1e8f).ToArray()], 1e-6, "flat");
        Support.AssertClose.Equal(
            [.. Tensor.From(1, 2, 3).Softmax(temperature: 2).ToArray()], [.. new Softmax(2).Forward(Tensor.From(1, 2, 3)).ToArray()], 1e-7, "layer");
    }
}
