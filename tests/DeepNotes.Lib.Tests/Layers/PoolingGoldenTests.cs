using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Layers;

/// <summary>Pooling against PyTorch: windows that start in the padding, extend beyond it, leave values out, or are dilated.</summary>
public sealed class PoolingGoldenTests
{
    private static readonly Dictionary<string, GoldenPool> Golden = GoldenFile.Read<GoldenPool[]>("pools.json").ToDictionary(row => row.Name);

    public static TheoryData<string> Names() => [.. Golden.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_and_gradient_equal_PyTorch(string name)
    {
        foreach (var device in Devices.All)
        {
            using var chosen = device.Use();
            var row = Golden[name];
            var x = row.Inputs[0].ToTensor().RequireGradient();
            var y = row.Of(x);
            AssertClose.Equal(row.Value, y, 1e-6, "value");
            y.Backward(row.Upstream.ToTensor());
            AssertClose.Equal(row.Gradients[0], x.Gradient!, 1e-6, "gradient");
        }
    }

    [Fact]
    public void Means_of_ones_are_ones_but_where_zeros_of_the_padding_count()
    {
        var x = Tensor.Ones([1, 1, 8, 7]);
        Assert.All(x.AveragePool(3, 2, coversAll: true).ToArray(), mean => Assert.Equal(1, mean));
        Assert.All(x.AveragePool(3, 2, 1, coversAll: true, countsPadding: false).ToArray(), mean => Assert.Equal(1, mean));

        var padded = x.AveragePool(3, 2, 1, coversAll: true);
        Assert.Equal<Shape>([1, 1, 5, 4], padded.Shape);
        float[] last = [1 / 3f, 1 / 2f, 1 / 2f, 1 / 3f];
        Assert.All(last.Zip(padded.ToArray()[^4..]), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    // PyTorch: "sliding windows are allowed to go off-bounds if they start within the left padding or the input".
    [Theory]
    [InlineData(5, 2, 3, 0, 2)]
    [InlineData(4, 2, 3, 0, 2)]
    [InlineData(3, 1, 3, 0, 1)]
    [InlineData(3, 2, 2, 1, 2)]
    [InlineData(6, 2, 5, 1, 2)]
    [InlineData(1, 3, 5, 1, 1)]
    public void The_last_window_begins_within_the_image_or_the_padding_before_it(int size, int kernel, int stride, int padding, int places)
    {
        Assert.Equal<Shape>([1, 1, places, places], Tensor.Ones([1, 1, size, size]).MaxPool(kernel, stride, padding, coversAll: true).Shape);
        Assert.Equal<Shape>([1, 1, places, places], Tensor.Ones([1, 1, size, size]).AveragePool(kernel, stride, padding, coversAll: true).Shape);
    }
}

public sealed record GoldenPool(
    string Name, GoldenArray[] Inputs, GoldenArray Upstream, GoldenArray Value, GoldenArray[] Gradients,
    string Pool, int[] Kernel, int[] Stride, int[] Padding, int[] Dilation, bool CoversAll, bool CountsPadding)
{
    public Tensor Of(Tensor x) => Pool == "MaxPool"
        ? x.MaxPool(Size(Kernel), Size(Stride), (Padding[0], Padding[1]), Size(Dilation), CoversAll)
        : x.AveragePool(Size(Kernel), Size(Stride), (Padding[0], Padding[1]), CoversAll, CountsPadding);

    private static Size2D Size(int[] lengths) => (lengths[0], lengths[1]);
}
