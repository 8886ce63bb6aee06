namespace DeepNotes.Tests.Analysis;

public sealed class AnalysisResultTests
{
    public static TheoryData<AnalysisResult, string> Results()
    {
        var cnn = AnalysisGolden.Read().Cnn;
        var (network, x) = (cnn.Network(), cnn.X.ToTensor());
        var loss = () => network.Forward(x).Square().Sum();
        var (d, e) = (Direction.Random(network, 1), Direction.Random(network, 2));
        return new()
        {
            { LossLine.Along(network, loss, d, points: 5), "Loss along a line" },
            { LossSurface.Over(network, loss, d, e, points: 4), "Loss over a plane" },
            { new Hessian(network, loss).LargestEigenvalues(2, steps: 10), "2 of 157: " },
            { Saliency.Gradient(network, x, [1, 2]), "Saliency" },
            { Saliency.GradientTimesInput(new Linear(3, 2), Tensor.Ones([2, 3]), [1, 0]), "class 1" },
            { GradCam.Of(network, x, [1, 2]), "Grad-CAM at layer 2" },
            { FeatureMaps.Of(network, x), "Feature maps of layer 2" },
            { FilterImages.Of(network, "2"), "Filters of layer 2" },
            { FilterImages.Of(new Sequential { new Conv2d(3, 4, 5) }), "Filters of layer 0" },
            { EffectiveReceptiveField.Of(network, [1, 1, 12, 12], seeds: 2), "of 5×5 in theory" },
        };
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void Every_result_is_displayed(AnalysisResult result, string part)
    {
        Assert.StartsWith("<svg ", result.ToHtml(), StringComparison.Ordinal);
        Assert.Contains(part, result.ToHtml(), StringComparison.Ordinal);
        Assert.Equal(result.Chart().ToPlainText(), result.ToPlainText());
    }

    [Fact]
    public void A_surface_has_a_contour_plot_too()
    {
        var surface = new LossSurface([0, 1], [0, 1], new double[,] { { 0, 1 }, { 1, 2 } });
        Assert.Contains("Loss over a plane", surface.Contour().ToPlainText(), StringComparison.Ordinal);
    }

    // A constant map has no range to scale by, and a zero map no magnitude.
    [Fact]
    public void Maps_without_contrast_are_displayed_too() =>
        Assert.StartsWith("<svg ", new FeatureMaps("0", Tensor.Zeros([1, 2, 3, 3])).ToHtml(), StringComparison.Ordinal);
}
