using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Analysis;

public sealed class EffectiveReceptiveFieldTests
{
    // Three convolutions by [1 1 1; 1 1 1; 1 1 1]: along each axis [1 3 6 7 6 3 1], and ∂y/∂x is their outer product.
    [Fact]
    public void Of_linear_convolutions_it_is_the_convolution_of_their_kernels()
    {
        Sequential network = [.. Enumerable.Range(0, 3).Select(_ => new Conv2d(1, 1, 3, padding: 1, initializer: DeepNotes.Initializers.Ones))];
        var field = EffectiveReceptiveField.Of(network, [1, 1, 11, 13], seeds: 2);
        float[] once = [1, 3, 6, 7, 6, 3, 1];
        var expected = new float[11 * 13];
        for (var i = 0; i < 49; i++)
        {
            expected[(2 + i / 7) * 13 + 3 + i % 7] = once[i / 7] * once[i % 7];
        }

        Assert.Equal(expected, field.Values.ToArray());
        Assert.Equal(new Size2D(7, 7), field.Theoretical);
        Assert.Equal("2", field.Path);

        // Of the 49 pixels, only the four corners, with value 1, are below 0.0455·49 = 2.2.
        Assert.Equal(Math.Sqrt(45), field.Side, 12);
        Assert.Equal(new Size2D(5, 5), EffectiveReceptiveField.Of(network, [1, 1, 11, 13], "1").Theoretical);
    }

    [Fact]
    public void Random_networks_depend_mostly_on_the_middle_of_the_theoretical_field()
    {
        var field = EffectiveReceptiveField.Of(
            seed => new Sequential { new Conv2d(2, 4, 5, seed: seed), new ReLU(), new MaxPool2d(2), new Conv2d(4, 4, 3, seed: seed + 100), new GlobalAveragePool() },
            [8, 2, 24, 24]);
        Assert.Equal(("3", new Size2D(10, 10)), (field.Path, field.Theoretical));
        Assert.Equal(100, field.Values.ToArray().Count(value => value > 0));
        Assert.InRange(field.Side, 5, 10);
    }

    public static TheoryData<string, Action> Mistakes() => new()
    {
        { "expected the shape of images [N, C, H, W], got [3, 8]", () => EffectiveReceptiveField.Of(new Linear(8, 2), [3, 8]) },
        { "expected the shape of images [N, C, H, W], got [1, 1, 0, 8]", () => EffectiveReceptiveField.Of(new Conv2d(1, 1, 3), [1, 1, 0, 8]) },
        { "has no layer that gives images", () => EffectiveReceptiveField.Of(Rows(), [1, 1, 2, 2]) },
        { "there is no layer \"5\"; there are 0, 1.", () => EffectiveReceptiveField.Of(Mixed(), [1, 1, 4, 4], "5") },
        { "layer \"3\" gives [1, 2], not images with a field; there are 0, 1.", () => EffectiveReceptiveField.Of(Mixed(), [1, 1, 4, 4], "3") },
        { "seeds", () => EffectiveReceptiveField.Of(Mixed(), [1, 1, 4, 4], seeds: 0) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_arguments_are_named(string message, Action mistake) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(mistake).Message, StringComparison.Ordinal);

    private static Sequential Rows() => [new Flatten(), new Linear(4, 2)];

    private static Sequential Mixed() => [new Conv2d(1, 1, 3), new ReLU(), new Flatten(), new Linear(4, 2)];
}
