using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Analysis;

public sealed class AttributionTests
{
    private static readonly GoldenCnn Golden = AnalysisGolden.Read().Cnn;

    private static readonly Sequential Network = Golden.Network();

    [Fact]
    public void Gradient_and_its_map_equal_PyTorch()
    {
        var saliency = Saliency.Gradient(Network, Golden.X.ToTensor(), Golden.Classes);
        AssertClose.Equal(Golden.Gradient, saliency.Values, 1e-6, "gradient");
        Assert.Equal<Shape>([2, 8, 8], saliency.Maps().Shape);
        AssertClose.Equal([.. Golden.Gradient.Values.Select(Math.Abs)], [.. saliency.Maps().ToArray()], 1e-6, "map");
    }

    // s = Σ w·x: the gradient is w for every sample, and gradient·input sums to the score.
    [Fact]
    public void A_linear_score_has_its_weights_as_gradient()
    {
        var layer = new Linear(4, 3, bias: false, seed: 7);
        var x = Tensor.Normal([2, 4], seed: 8);
        var scores = layer.Predict(x);
        int[] largest = scores.ArgMax();

        var gradient = Saliency.Gradient(layer, x);
        Assert.Equal(largest, gradient.Classes);
        Assert.Equal(layer.Weight.Value.Rows(largest).ToArray(), gradient.Values.ToArray());
        var smooth = Saliency.SmoothGrad(layer, x, samples: 3);
        AssertClose.Equal([.. gradient.Values.ToArray()], [.. smooth.Values.ToArray()], 1e-6, "SmoothGrad");
        var product = Saliency.GradientTimesInput(layer, x, [2, 1]);
        AssertClose.Equal([scores[0, 2], scores[1, 1]], [.. product.Maps().Sum(1).ToArray()], 1e-6, "sums");
    }

    // The mean of the gradient 3x² at x + ε is 3(x² + σ²).
    [Fact]
    public void SmoothGrad_is_the_mean_over_the_noise()
    {
        var x = Tensor.From(new float[,] { { 1, 3 } });
        var smooth = Saliency.SmoothGrad(new Cube(), x, [0], noise: 0.25f, samples: 4000);
        Assert.Equal(3 * (1 + 0.25), smooth.Values[0, 0], 0.2);
        Assert.Equal(3, Saliency.SmoothGrad(new Cube(), x, [0], noise: 0, samples: 2).Values[0, 0], 5);
    }

    [Fact]
    public void GradCam_equals_PyTorch()
    {
        var cam = GradCam.Of(Network, Golden.X.ToTensor(), Golden.Classes);
        Assert.Equal("2", cam.Path);
        AssertClose.Equal(Golden.Cam, cam.Maps, 1e-6, "map");
        AssertClose.Equal(Golden.Enlarged, cam.Enlarged(), 1e-6, "enlarged");
        Assert.Equal<Shape>([2, 8, 8], GradCam.Of(Network, Golden.X.ToTensor(), path: "0").Maps.Shape);
    }

    [Fact]
    public void A_layer_inside_others_is_found_by_its_path()
    {
        Sequential deep = [new Residual(new Sequential { new Conv2d(1, 1, 3, padding: 1) }), new GlobalAveragePool()];
        Assert.Equal("0.Branch.0", GradCam.Of(deep, Golden.X.ToTensor()).Path);
    }

    [Fact]
    public void FeatureMaps_equal_PyTorch()
    {
        var maps = FeatureMaps.Of(Network, Golden.X.ToTensor());
        AssertClose.Equal(Golden.Maps, maps.Maps, 1e-6, "maps");
        Assert.Null(maps.Maps.Source);
        Assert.Equal(Network[1].Predict(Network[0].Predict(Golden.X.ToTensor())).ToArray(), FeatureMaps.Of(Network, Golden.X.ToTensor(), "1").Maps.ToArray());
    }

    [Fact]
    public void Filters_are_a_copy_of_the_first_weights()
    {
        var filters = FilterImages.Of(Network);
        Assert.Equal("0", filters.Path);
        Assert.Equal(Network.Parameters[0].Value.ToArray(), filters.Kernels.ToArray());
        Assert.NotSame(Network.Parameters[0].Value, filters.Kernels);
        Assert.Equal<Shape>([4, 3, 3, 3], FilterImages.Of(Network, "2").Kernels.Shape);
    }

    [Fact]
    public void The_network_is_restored()
    {
        var (value, modes) = (Network.Parameters[0].Value, Network.IsTraining);
        var x = Golden.X.ToTensor().RequireGradient();
        GradCam.Of(Network, x);
        Saliency.SmoothGrad(Network, x, samples: 1);
        FeatureMaps.Of(Network, x);
        Assert.Throws<ShapeException>(() => Saliency.Gradient(Network, Tensor.Ones([1, 2, 8, 8])));
        Assert.Same(value, Network.Parameters[0].Value);
        Assert.Null(value.Gradient);
        Assert.Null(x.Gradient);
        Assert.Equal(modes, Network.IsTraining);
    }

    public static TheoryData<string, Action> Mistakes()
    {
        var x = Golden.X.ToTensor();
        Sequential rows = [new Flatten(), new Linear(64, 3)];
        return new()
        {
            { "GradCam.Of: Sequential[Flatten, Linear(64→3)] has no Conv2d", () => GradCam.Of(rows, x) },
            { "GradCam.Of: there is no layer \"7\"; there are 0, 1, 2, 3, 4, 5.", () => GradCam.Of(Network, x, path: "7") },
            { "GradCam.Of: expected a layer that gives images [N, C, H, W], but layer \"5\" gives [2, 3]", () => GradCam.Of(Network, x, path: "5") },
            { "GradCam.Of: expected images [N, C, H, W], got [2, 64]", () => GradCam.Of(Network, x.Reshape(2, 64)) },
            { "GradCam.Of: expected inputs of at least one value, got [0, 1, 8, 8]", () => GradCam.Of(Network, Tensor.Zeros([0, 1, 8, 8])) },
            { "GradCam.Of: label 3 of sample 1: expected 0 to 2", () => GradCam.Of(Network, x, [0, 3]) },
            { "Saliency.Gradient: expected 2 labels, one for each row, got 1", () => Saliency.Gradient(Network, x, [0]) },
            { "Saliency.Gradient: expected inputs of at least one value", () => Saliency.Gradient(rows, Tensor.Zeros([0, 64])) },
            { "Saliency.Gradient: expected a network that gives scores [N, C], got [2, 3, 8, 8]", () => Saliency.Gradient(Network[0], x) },
            { "Saliency.SmoothGrad: noise NaN: expected 0 to 1", () => Saliency.SmoothGrad(Network, x, noise: float.NaN) },
            { "samples", () => Saliency.SmoothGrad(Network, x, samples: 0) },
            { "FeatureMaps.Of: Sequential[Flatten, Linear(64→3)] has no Conv2d", () => FeatureMaps.Of(rows, x) },
            { "FeatureMaps.Of: there is no layer \"a\"", () => FeatureMaps.Of(Network, x, "a") },
            { "FeatureMaps.Chart: image 2: expected 0 to 1", () => FeatureMaps.Of(Network, x).Chart(2) },
            { "FilterImages.Of: layer \"1\" is Tanh; expected a Conv2d", () => FilterImages.Of(Network, "1") },
            { "FilterImages.Of: there is no layer \"9\"", () => FilterImages.Of(Network, "9") },
        };
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_arguments_are_named(string message, Action mistake) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(mistake).Message, StringComparison.Ordinal);

    private sealed class Cube : Layer
    {
        protected override Tensor Compute(Tensor x) => x * x * x;
    }
}
