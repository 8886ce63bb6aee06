using System.Text.Json.Nodes;
using DeepNotes.Tests.Charts;
using Plotly.NET;
using PlotlyChart = Plotly.NET.CSharp.Chart;

namespace DeepNotes.Interactive.Tests;

public sealed class PlotlyNetTests
{
    private static readonly double[] X = [1, 2, 3];
    private static readonly double[] Y = [4, 1, 9];

    public static TheoryData<string> SampleNames => SampleCharts.Names;

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Charts_converted_to_Plotly_NET_and_back_keep_data_axes_and_titles(string name)
    {
        var chart = SampleCharts.All[name];
        var theirs = JsonNode.Parse(GenericChart.toFigureJson(chart.ToPlotlyNet()))!;
        var ours = JsonNode.Parse(chart.ToPlotlyJson().ToJsonString())!;
        Assert.Equal(Numbers(ours["data"]!), Numbers(theirs["data"]!));
        foreach (var (part, value) in ours["layout"]!.AsObject())
        {
            Assert.Equal(Numbers(value!), Numbers(theirs["layout"]![part]!));
        }

        if (!chart.IsAnimation())
        {
            Assert.Equal(Chart.FromPlotly(chart.ToPlotlyJson()).ToSvg("a"), chart.ToPlotlyNet().ToDeepNotes().ToSvg("a"));
        }
    }

    public static TheoryData<string, GenericChart, string> PlotlyNetCharts => new()
    {
        { "line", PlotlyChart.Line<double, double, string>(X, Y, Name: "loss"), "loss: line, 3 points, first 4, last 9, min 1, max 9" },
        { "point", PlotlyChart.Point<double, double, string>(X, Y), "3 points, x 1 to 3, y 1 to 9" },
        { "bubble", PlotlyChart.Bubble<double, double, string>(X, Y, [10, 20, 30]), "3 points, x 1 to 3, y 1 to 9\nsizes of markers: shown in the interactive figure only" },
        { "area", PlotlyChart.Area<double, double, string>(X, Y), "area, 3 points, first 4, last 9, min 1, max 9" },
        { "column", PlotlyChart.Column<double, string, string>(Y, Keys: new(["a", "b", "c"], true)), "3 bars, first 4, last 9, min 1, max 9" },
        { "bar", PlotlyChart.Bar<double, string, string>(Y, Keys: new(["a", "b", "c"], true)), "3 horizontal bars, first 4, last 9, min 1, max 9" },
        { "histogram", PlotlyChart.Histogram<double, double, string>(X: new([1, 1, 2], true)), "histogram of 3 values in 2 bins from 0.5 to 2.5, most in 0.5 to 1.5: 2" },
        { "box", PlotlyChart.BoxPlot<string, double, string>(X: new(["a", "a", "a"], true), Y: new(Y, true)), "1 sample in quartiles, a median 4 (2.5 to 6.5)" },
        { "heat map", PlotlyChart.Heatmap<double, string, string, string>([X, Y], X: new(["p", "q", "r"], true), Y: new(["s", "t"], true)), "heat map, 2 × 3, 1 to 9" },
        { "contour", PlotlyChart.Contour<double, double, double, string>([X, Y]), "contours every 1, 2 × 3, 1 to 9" },
        { "surface", PlotlyChart.Surface<double, double, double, string>([X, Y]), "surface, drawn as contours every 1, 2 × 3, 1 to 9" },
        { "line in space", PlotlyChart.Line3D<double, double, double, string>(X, Y, X), "path in space, 3 points, height first 1, last 3, min 1, max 3" },
        { "dates", PlotlyChart.Line<DateTime, double, string>([new(2024, 1, 1), new(2024, 1, 2)], [1, 2]), "line, 2 points, first 1, last 2, min 1, max 2" },
        { "pie", PlotlyChart.Pie<double, string, string>(X), "pie: shown in the interactive figure only" },
        { "violin", PlotlyChart.Violin<string, double, string>(Y: new(Y, true)), "violin: shown in the interactive figure only" },
        { "polar", PlotlyChart.LinePolar<double, double, string>(X, Y), "scatterpolar: shown in the interactive figure only" },
    };

    [Theory]
    [MemberData(nameof(PlotlyNetCharts), DisableDiscoveryEnumeration = true)]
    public void Charts_of_Plotly_NET_are_drawn_or_named(string name, GenericChart chart, string summary)
    {
        var ours = chart.ToDeepNotes();
        Assert.True(summary == ours.ToPlainText(), $"{name}: {ours.ToPlainText()}");
        Assert.StartsWith("<svg", ours.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_of_Plotly_NET_becomes_a_grid()
    {
        // A new object for each: the methods of Plotly.NET modify their argument.
        GenericChart Line() => PlotlyChart.Line<double, double, string>(X, Y);
        var grid = PlotlyChart.Grid([Line(), PlotlyChart.Point<double, double, string>(X, Y), PlotlyChart.Pie<double, string, string>(X), Line()], 2, 2).ToDeepNotes();
        Assert.Equal(
            ["line, 3 points, first 4, last 9, min 1, max 9", "3 points, x 1 to 3, y 1 to 9", "pie: shown in the interactive figure only", "line, 3 points, first 4, last 9, min 1, max 9"],
            grid.ToPlainText().Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void Methods_of_Plotly_NET_apply_to_converted_charts()
    {
        var chart = Chart.Line(X, Y).WithTitle("before").ToPlotlyNet();
        var theirs = Plotly.NET.CSharp.GenericChartExtensions.WithTraceInfo(chart, Name: "after");
        Assert.StartsWith("before\nafter: line", theirs.ToDeepNotes().ToPlainText(), StringComparison.Ordinal);
    }

    /// <summary>All numbers and strings of a node in order; 1 and 1.0 are equal.</summary>
    private static IEnumerable<string> Numbers(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(Numbers),
        JsonObject json => json.OrderBy(member => member.Key, StringComparer.Ordinal).SelectMany(member => Numbers(member.Value).Prepend(member.Key)),
        null => ["null"],
        _ when node.GetValueKind() == System.Text.Json.JsonValueKind.Number => [node.GetValue<double>().ToString("R", System.Globalization.CultureInfo.InvariantCulture)],
        _ => [node.ToString()],
    };
}

file static class Charts
{
    public static bool IsAnimation(this Chart chart) => chart.ToPlotlyJson().ContainsKey("frames");
}
