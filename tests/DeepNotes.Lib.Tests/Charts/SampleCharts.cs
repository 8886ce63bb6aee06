using System.Globalization;

namespace DeepNotes.Tests.Charts;

/// <summary>One chart of each kind, with content that is hard to draw: gaps, markup, Chinese, logarithms.</summary>
public static class SampleCharts
{
    private static readonly int[] Epochs = [1, 2, 3, 4];
    private static readonly Tensor Weight = Tensor.Normal([3, 2], seed: 1).RequireGradient();

    public static readonly Dictionary<string, Chart> All = new()
    {
        ["line"] = Chart.Combine(
                Chart.Line(Epochs, [2.1f, 0.9f, float.NaN, 0.4f], "train", markers: true),
                Chart.Line(Epochs, [2.2, 1.1, 0.8, double.PositiveInfinity], "validation"))
            .WithTitle("Loss <of> \"A & B\"").WithSubtitle("过拟合从第三轮开始").WithXAxis("epoch").WithYAxis("nats"),
        ["many points"] = Chart.Line(Enumerable.Range(0, 10_000).Select(i => Math.Sin(i * 0.37) * i)),
        ["logarithmic"] = Chart.Line([1e-6, 1e-3, 0.0, 1.0], [3.0, 2.0, 1.0, -1.0], "loss").WithXAxis(log: true).WithYAxis(log: true),
        ["long numbers"] = Chart.Line([123456.0, 123456.0009], [1, 2]),
        ["enormous"] = Chart.Line([-1.7e308, 1e299, double.Epsilon, 1.7e308]),
        ["enormous, logarithmic"] = Chart.Line([1e-310, 1e-299, 1e299, 1.7e308]).WithYAxis(log: true),
        ["almost equal"] = Chart.Heatmap(new[,] { { 0, double.Epsilon } }),
        ["outside"] = Chart.Line([0, 1e200, -1e200]).WithYAxis(range: (0, 1)),
        ["all NaN"] = Chart.Line([double.NaN, double.NaN]),
        ["one point"] = Chart.Scatter([3], [3]),
        ["classes"] = Chart.Scatter([0.5, 1.5, 2.5, 3.5], [1, 2, 3, 4], classes: [2, 0, 1, 2]),
        ["labels"] = Chart.Scatter([1, 2], [0.25, 0.75], labels: ["LeNet", "残差网络"]),
        ["colours"] = Chart.Scatter([1, 2, 3], [1, 2, 3], colors: [0, double.NaN, 5]),
        ["bars"] = Chart.Combine(
            Chart.Bar(["SGD", "Adam"], [71.25, -94.5], "fast", showValues: true), Chart.Bar(["Adam", "RMSProp"], [96, 93], "full")),
        ["numeric bars"] = Chart.Bar([-1, 0, 1], [3, double.NaN, 4]),
        ["long labels"] = Chart.Bar(Enumerable.Range(0, 20).Select(i => $"a rather long category {i}"), Enumerable.Range(1, 20)),
        ["confusion"] = Chart.Heatmap(new[,] { { 9, 1 }, { 0, 8 } }, ["a", "a"], ["b", "b"], annotate: true).WithYAxis("true"),
        ["diverging"] = Chart.Heatmap(new[,] { { -0.5, float.NaN }, { 0.25f, 0.1f } }, scale: ColorScale.Diverging),
        ["large heat map"] = Chart.Heatmap(new double[40, 50]),
        ["field"] = Chart.Combine(
            Chart.Heatmap(new double[2, 3], x: [0, 0.5, 1], y: [-1, 1]), Chart.Scatter([0.5], [0.0], "data")),
        ["images"] = Chart.Images([new float[16], new float[16], new float[16]], columns: 2, captions: ["7 → 2", "4 → 9", "<&>"]),
        ["histograms"] = Chart.Histogram([("a <b>", [0.5, 1.5, double.NaN]), ("残差", new[] { 1.5, 2.5, 1e300 })], range: (0, 3)),
        ["logarithmic histogram"] = Chart.Histogram([1, 2, 2, 3]).WithXAxis(log: true).WithYAxis(log: true),
        ["empty histogram"] = Chart.Histogram([double.NaN]),
        ["band"] = Chart.Combine(
            Chart.Band([0, 1, 2, 3], [1, 2, double.NaN, 0], [2, 3, 4, 5], "spread"), Chart.Line([0, 1, 2, 3], [1.5, 2.5, 3, 2], "spread")),
        ["runs"] = Chart.Runs(Epochs, [[1.0, 2, 3, 4], [2.0, 2, 2, double.NaN]], "loss").WithYAxis(log: true),
        ["annotated"] = Chart.Line([3, 1, 2], "loss").WithAnnotation(1, 1, "the <lowest>")
            .WithAnnotation(2, 2, "末", arrow: false).WithVerticalLine(1.5, "stop").WithHorizontalLine(0.5, "floor"),
        ["annotated, logarithmic"] = Chart.Line([1e-3, 1]).WithYAxis(log: true).WithAnnotation(0, -1, "nowhere")
            .WithAnnotation(1, 1, "here").WithHorizontalLine(-1, "no place").WithHorizontalLine(0.01, "tolerance"),
        ["boxes"] = Chart.Combine(
            Chart.BoxPlot(["层 1", "layer 2"], [[1.0, 2, 3, 4, 30], [double.NaN]], "tanh"), Chart.BoxPlot(["层 1"], [[-2.0]], "<ReLU>")),
        ["logarithmic boxes"] = Chart.BoxPlot(["a"], [[-1.0, 0.001, 0.1, 1000]]).WithYAxis(log: true),
        ["contour"] = Chart.Combine(
            Chart.Contour(new[,] { { 0, 1.0, 0 }, { 1, 4, double.NaN } }, [0, 1, 4], [0, 10]), Chart.Line([0.5, 1], [1, 9], "path")),
        ["contour lines"] = Chart.Contour(new[,] { { 1, 0 }, { 0, 1 } }, [1, 10], [1, 100], filled: false, levels: 3)
            .WithXAxis(log: true).WithYAxis(log: true),
        ["flat contour"] = Chart.Contour(new double[2, 2], [0, 1], [0, 1], scale: ColorScale.Diverging),
        ["empty contour"] = Chart.Contour(new[,] { { double.NaN, double.NaN }, { double.NaN, double.NaN } }, [0, 1], [0, 1]),
        ["network"] = Chart.Network([784, 3, 1], ["pixels", "<hidden>", "概率"]),
        ["weights"] = Chart.Network([new Flatten(), new Linear(12, 2, seed: 1), new Tanh(), new Linear(2, 1, seed: 2)]),
        ["graph"] = Chart.Graph(Recorded(), [(Weight, "W <b>")]),
        ["animation"] = Chart.Animate(
                Enumerable.Range(0, 6).Select(i => Chart.Line([1, 2, 3], [i, i * i, 0.5], "w").WithYAxis("loss")), ["0", "1", "2", "<3>", "四", "5"])
            .WithTitle("Six steps").WithVerticalLine(2, "half"),
        ["logarithmic animation"] = Chart.Animate([Chart.Line([1, 0.1]), Chart.Line([-1, 0.01])], ["a", "b"]).WithYAxis(log: true),
        ["surface"] = Chart.Combine(
                Chart.Surface(new[,] { { 0, 1.0, 0 }, { 1, 4, double.NaN } }, [0, 1, 4], [0, 10]), Chart.Line3D([0.5, 1], [1, 9], [0.2, 3], "path"))
            .WithXAxis("w").WithZAxis("loss"),
        ["grid"] = Chart.Grid(
                [Chart.Line([1, 2], "a").WithTitle("left"), Chart.Bar(["x"], [1], "b"), Chart.Heatmap(new[,] { { 1.5 } })], columns: 2)
            .WithTitle("Three charts"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>A loss with a skip connection, so that an edge of its graph crosses a row.</summary>
    public static Tensor Recorded()
    {
        var hidden = Tensor.Normal([4, 3], seed: 2).MatMul(Weight);
        return (hidden.Tanh() * hidden).Sum();
    }

    /// <summary>Runs an action in a culture with decimal commas.</summary>
    public static T InForeignCulture<T>(Func<T> action)
    {
        // The tests run with the invariant culture only, so "de-DE" is rebuilt from it.
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        german.NumberFormat.NegativeSign = "~";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = german;
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
