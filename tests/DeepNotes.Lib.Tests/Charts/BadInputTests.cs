namespace DeepNotes.Tests.Charts;

public sealed class BadInputTests
{
    public static TheoryData<string, Func<Chart>, string> Mistakes => new()
    {
        { "lengths of x and y", () => Chart.Line([1, 2, 3], [1, 2]), "Chart.Line: expected as many x as y, which are 2, got 3" },
        { "no points", () => Chart.Line(Array.Empty<double>()), "Chart.Line: expected at least one value in y, got none" },
        { "no marks", () => Chart.Scatter(Array.Empty<int>(), Array.Empty<int>()), "Chart.Scatter: expected at least one value" },
        { "too few labels", () => Chart.Scatter([1, 2], [1, 2], labels: ["a"]), "as many labels as y, which are 2, got 1" },
        { "too few colours", () => Chart.Scatter([1, 2], [1, 2], colors: [1]), "as many colors as y, which are 2, got 1" },
        { "too few classes", () => Chart.Scatter([1, 2], [1, 2], classes: [1]), "as many classes as y, which are 2, got 1" },
        { "lengths of bars", () => Chart.Bar(["a"], [1, 2]), "Chart.Bar: expected as many x as y, which are 2, got 1" },
        { "empty matrix", () => Chart.Heatmap(new double[0, 3]), "Chart.Heatmap: expected at least one value in z" },
        { "ragged matrix", () => Chart.Heatmap([new float[3], new float[2]]), "got 3 values in row 0 and 2 in row 1" },
        { "labels of columns", () => Chart.Heatmap(new int[2, 2], ["a"]), "as many xLabels as columns, which are 2, got 1" },
        { "labels of rows", () => Chart.Heatmap(new int[2, 2], yLabels: ["a", "b", "c"]), "as many yLabels as rows, which are 2, got 3" },
        { "uneven field", () => Chart.Heatmap(new int[1, 3], x: [0.0, 1, 5], y: [0]), "evenly spaced x, got 1 at index 1 where 2.5" },
        { "NaN place", () => Chart.Heatmap(new int[1, 3], x: [0, double.NaN, 2], y: [0]), "evenly spaced x, got NaN at index 1" },
        { "empty range", () => Chart.Heatmap(new int[1, 1], range: (1, 1)), "expected a range (min, max) with min < max, got (1, 1)" },
        { "no pictures", () => Chart.Images([]), "Chart.Images: expected at least one value in images" },
        { "no square", () => Chart.Images([new float[10]]), "a square number of pixels, got 10" },
        { "no rectangle", () => Chart.Images([new float[10]], width: 3), "a multiple of 3 pixels, got 10" },
        { "unequal pictures", () => Chart.Images([new float[9], new float[4]]), "got 9 pixels in picture 0 and 4 in picture 1" },
        { "captions", () => Chart.Images([new float[9]], captions: ["a", "b"]), "as many captions as images, which are 1, got 2" },
        { "no charts", () => Chart.Combine(), "Chart.Combine: expected at least one chart, got none" },
        { "empty grid", () => Chart.Grid([]), "Chart.Grid: expected at least one chart, got none" },
        { "grid in grid", () => Chart.Grid([Chart.Grid([Chart.Line([1])])]), "expected charts with axes of their own, got a grid" },
        { "range backwards", () => Chart.Line([1]).WithXAxis(range: (2, 1)), "Chart.WithXAxis: expected a range (min, max) of finite numbers" },
        { "NaN range", () => Chart.Line([1]).WithYAxis(range: (0, double.NaN)), "Chart.WithYAxis: expected a range (min, max) of finite numbers" },
        { "log of zero", () => Chart.Line([1]).WithYAxis(range: (0, 1), log: true), "above zero on a logarithmic axis, got (0, 1)" },
        { "log of zero later", () => Chart.Line([1]).WithYAxis(range: (0, 1)).WithYAxis(log: true), "above zero on a logarithmic axis" },
        { "empty sample", () => Chart.Histogram(Array.Empty<int>()), "Chart.Histogram: expected at least one value in x" },
        { "no samples", () => Chart.Histogram(Array.Empty<(string, IEnumerable<int>)>()), "at least one value in samples" },
        { "bins of nothing", () => Chart.Histogram([1], range: (2, 1)), "Chart.Histogram: expected a range (min, max)" },
        { "negative bins", () => Chart.Histogram([1], bins: -1), "bins" },
        { "band", () => Chart.Band([1, 2], [1, 2], [1]), "Chart.Band: expected as many upper as lower, which are 2, got 1" },
        { "line in a band", () => Chart.Range([1], [1, 2], [0], [3]), "Chart.Line: expected as many x as y, which are 2, got 1" },
        { "one run", () => Chart.Runs([1], [[1]]), "Chart.Runs: expected two runs or more, got 1" },
        { "uneven runs", () => Chart.Runs([1, 2], [[1, 2], [1]]), "as many values in run 1 as x, which are 2, got 1" },
        { "note nowhere", () => Chart.Line([1]).WithAnnotation(double.NaN, 1, "a"), "Chart.WithAnnotation: expected a finite x, got NaN" },
        { "empty note", () => Chart.Line([1]).WithAnnotation(0, 1, " "), "text" },
        { "line nowhere", () => Chart.Line([1]).WithHorizontalLine(double.PositiveInfinity), "Chart.WithHorizontalLine: expected a finite y" },
        { "no box", () => Chart.BoxPlot([], Array.Empty<int[]>()), "Chart.BoxPlot: expected at least one value in y" },
        { "empty box", () => Chart.BoxPlot(["a"], [Array.Empty<int>()]), "Chart.BoxPlot: expected at least one value in y[0]" },
        { "labels of boxes", () => Chart.BoxPlot(["a"], [[1], [2]]), "as many x as y, which are 2, got 1" },
        { "small contour", () => Chart.Contour(new int[1, 2], [0, 1], [0]), "Chart.Contour: expected z of 2 × 2 values or more, got 1 × 2" },
        { "contour's x", () => Chart.Contour(new int[2, 2], [0], [0, 1]), "as many x as columns, which are 2, got 1" },
        { "falling contour", () => Chart.Contour(new int[2, 2], [0, 1], [1, 0]), "expected rising y, got 0 at index 1 after 1" },
        { "contour's range", () => Chart.Contour(new int[2, 2], [0, 1], [0, 1], range: (1, 0)), "Chart.Contour: expected a range" },
        { "no levels", () => Chart.Contour(new int[2, 2], [0, 1], [0, 1], levels: 0), "levels" },
        { "one layer", () => Chart.Network([3]), "Chart.Network: expected two layers or more, got 1" },
        { "empty layer", () => Chart.Network([3, 0]), "sizes" },
        { "labels of layers", () => Chart.Network([3, 2], ["a"]), "as many labels as layers, which are 2, got 1" },
        { "no linear layer", () => Chart.Network([new Tanh()]), "Chart.Network: expected a network with Linear layers" },
        { "no record", () => Chart.Graph(Tensor.Zeros([2])), "Chart.Graph: expected the result of recorded operations, got a tensor without" },
        { "released record", () => Chart.Graph(Released()), "draw it before Backward()" },
        { "large graph", () => Chart.Graph(Long()), "Chart.Graph: expected at most 80 tensors, got 101" },
        { "no frames", () => Chart.Animate([], []), "Chart.Animate: expected at least one chart, got none" },
        { "labels of frames", () => Chart.Animate([Chart.Line([1])], []), "Chart.Animate: expected as many labels as frames, which are 1, got 0" },
        { "unlike frames", () => Chart.Animate([Chart.Line([1]), Chart.Bar(["a"], [1])], ["a", "b"]), "those of frame 1 differ" },
        { "animation in a grid", () => Chart.Grid([Chart.Animate([Chart.Line([1])], ["a"])]), "got an animation" },
        { "small surface", () => Chart.Surface(new int[1, 2], [0, 1], [0]), "Chart.Surface: expected z of 2 × 2 values or more" },
        { "path in space", () => Chart.Line3D([1, 2], [1, 2], [1]), "Chart.Line3D: expected as many x as z, which are 1, got 2" },
        { "plane and space", () => Chart.Combine(Chart.Line([1]), Chart.Line3D([1], [1], [1])), "Chart.Combine: expected charts all in the plane" },
        { "note in space", () => Chart.Line3D([1], [1], [1]).WithAnnotation(1, 1, "a"), "Chart.WithAnnotation: expected charts all in the plane" },
        { "tiny", () => Chart.Line([1]).WithSize(5), "Chart.WithSize: expected 120 to 4000 pixels" },
        { "no columns", () => Chart.Grid([Chart.Line([1])], columns: 0), "columns" },
    };

    private static Tensor Released()
    {
        var loss = SampleCharts.Recorded();
        loss.Backward();
        return loss;
    }

    private static Tensor Long() =>
        Enumerable.Range(0, 100).Aggregate(Tensor.Zeros([1]).RequireGradient(), (x, _) => x.Tanh());

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_arguments_are_named_with_what_was_expected_and_given(string mistake, Func<Chart> make, string message)
    {
        Assert.NotEmpty(mistake);
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(make).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("a\"")]
    public void An_invalid_id_prefix_is_rejected(string prefix) =>
        Assert.Contains("Chart.ToSvg", Assert.Throws<ArgumentException>(() => Chart.Line([1]).ToSvg(prefix)).Message);

    [Theory]
    [InlineData("all NaN")]
    [InlineData("logarithmic")]
    public void Values_that_cannot_be_drawn_are_gaps_and_are_counted(string name) =>
        Assert.Matches(@"\d not finite", SampleCharts.All[name].ToPlainText());

    [Fact]
    public void A_logarithmic_axis_without_positive_values_is_empty_in_both_renderings()
    {
        var chart = Chart.Line([-1, 0]).WithYAxis(log: true);
        Assert.Contains("no values to draw", chart.ToSvg());
        Assert.Equal("[null,null]", chart.ToPlotlyJson()["data"]![0]!["y"]!.ToJsonString());
    }

    [Fact]
    public void Grey_values_are_clamped_and_NaN_is_black() =>
        Assert.Equal(
            Chart.Images([new[] { 0f, 1f, 0f, 1f }]).ToSvg("fig"),
            Chart.Images([new[] { -3f, 7f, float.NaN, float.PositiveInfinity }]).ToSvg("fig"));

    [Fact]
    public void Images_are_grey_with_one_channel_and_in_colour_with_three()
    {
        float[] pixels = [0, 1, 0.5f, 1];
        var grey = Tensor.From(pixels, [1, 1, 2, 2]);
        Assert.Equal(Chart.Images([pixels]).ToSvg("fig"), Chart.Images(grey).ToSvg("fig"));
        var inColor = Chart.Images(Tensor.Concatenate(1, grey, grey, 1 - grey), captions: ["a"]);
        Assert.NotEqual(inColor.ToSvg("fig"), Chart.Images(Tensor.Concatenate(1, grey, grey, grey), captions: ["a"]).ToSvg("fig"));
        Assert.Contains("1 picture of 2 × 2 pixels: a", inColor.ToPlainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2, 2, 2)]
    [InlineData(0, 3, 2, 2)]
    public void Images_of_other_channels_are_rejected(int n, int channels, int height, int width) =>
        Assert.Contains(
            "Chart.Images: expected pictures [N, 1, H, W] or [N, 3, H, W], got",
            Assert.Throws<ShapeException>(() => Chart.Images(Tensor.Zeros([n, channels, height, width]))).Message, StringComparison.Ordinal);
}
