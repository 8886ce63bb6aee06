using DeepNotes.Tests.Support;
using static DeepNotes.Initializers;

namespace DeepNotes.Tests.Initializers;

/// <summary>Gains, fans and identity weights equal PyTorch's.</summary>
public sealed class InitializerGoldenTests
{
    private static readonly Numbers Golden = GoldenFile.Read<Numbers>("initializers.json");

    [Theory]
    [InlineData("Linear", Gain.Linear)]
    [InlineData("Sigmoid", Gain.Sigmoid)]
    [InlineData("Tanh", Gain.Tanh)]
    [InlineData("SELU", Gain.SELU)]
    public void Gains_equal_PyTorch(string name, double gain) => Assert.Equal(Golden.Gains[name], gain, 1e-7);

    [Fact]
    public void Gains_of_rectifiers_equal_PyTorch()
    {
        Assert.Equal(Golden.Gains["ReLU"], Gain.ReLU, 2e-7);
        Assert.All(Golden.Leaky, row =>
            Assert.Equal(row.Gain, row.Slope is { } slope ? Gain.LeakyReLU(slope) : Gain.LeakyReLU(), 2e-7));
    }

    [Fact]
    public void Fans_equal_PyTorch() =>
        Assert.All(Golden.Fans, row => Assert.Equal(new Fans(row.Fans[0], row.Fans[1]), Fans.Of(row.Shape)));

    [Fact]
    public void Identities_equal_PyTorch() => Assert.All(Golden.Identities, row =>
    {
        Shape shape = row.Value.Shape;
        var values = row.Groups == 1 ? Identity(shape, new Generator(1)) : Identity(row.Groups)(shape, new Generator(1));
        AssertClose.Equal(row.Value, Tensor.From(values, shape), 0, $"{shape} in {row.Groups} groups");
    });

    [Theory]
    [InlineData(4, 1, 3, 3)]
    [InlineData(3, 1, 1, 5)]
    [InlineData(6, 3, 5, 3)]
    [InlineData(5, 5, 3, 3)]
    public void A_convolution_by_the_identity_returns_its_input(int channels, int groups, int height, int width)
    {
        var x = Tensor.Normal([2, channels, 7, 6], seed: 1);
        Shape shape = [channels, channels / groups, height, width];
        var kernel = Tensor.From(Identity(groups)(shape, new Generator(1)), shape);
        Assert.Equal(x.ToArray(), x.Convolve(kernel, padding: Padding.Same, groups: groups).ToArray());
    }

    private sealed record Numbers(Dictionary<string, double> Gains, LeakyGain[] Leaky, FansRow[] Fans, IdentityRow[] Identities);

    private sealed record LeakyGain(float? Slope, double Gain);

    private sealed record FansRow(int[] Shape, long[] Fans);

    private sealed record IdentityRow(int Groups, GoldenArray Value);
}
