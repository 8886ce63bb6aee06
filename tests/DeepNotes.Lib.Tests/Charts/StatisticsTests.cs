using System.Globalization;
using System.Text.Json.Nodes;

namespace DeepNotes.Tests.Charts;

/// <summary>The charts of statistics: histograms, box plots and bands.</summary>
public sealed class StatisticsTests
{
    public static TheoryData<double[], int, (double, double)?, string, string> Histograms => new()
    {
        { [0, 0.5, 1, 1.5, 2], 2, null, "[0,1]", "[2,3]" },
        { [-1, 0.5, 1, 1.5, 9], 2, (0, 2), "[0,1]", "[1,2]" },
        { [3, 3, 4, 6, 6, 6], 0, null, "[2.5,3.5,4.5,5.5]", "[2,1,0,3]" },
        { [5, 5, 5], 0, null, "[4.5]", "[3]" },
        { [double.NaN], 0, null, "[]", "[]" },
        { [1e300, -1e300], 2, null, "[-1E+300,0]", "[1,1]" },
    };

    [Theory]
    [MemberData(nameof(Histograms))]
    public void Values_are_counted_in_their_bins(
        double[] values, int bins, (double, double)? range, string edges, string counts)
    {
        var trace = Chart.Histogram(values, bins: bins, range: range).ToPlotlyJson()["data"]![0]!;
        Assert.Equal((edges, counts), (trace["x"]!.ToJsonString(), trace["y"]!.ToJsonString()));
    }

    [Fact]
    public void Every_value_is_counted_once_in_chosen_bins()
    {
        var random = new Generator(7);
        var values = Enumerable.Range(0, 5000).Select(_ => random.NextNormal()).ToArray();
        var counts = Chart.Histogram(values).ToPlotlyJson()["data"]![0]!["y"]!.AsArray().Select(Number).ToList();
        Assert.Equal(values.Length, counts.Sum());
        Assert.InRange(counts.Count, 20, 80);
    }

    [Fact]
    public void A_density_has_the_area_one()
    {
        var trace = Chart.Histogram([0.0, 1, 1, 7], bins: 7, density: true).ToPlotlyJson()["data"]![0]!;
        Assert.Equal(1, trace["y"]!.AsArray().Sum(Number) * Number(trace["width"]), 5);
    }

    [Fact]
    public void Samples_share_their_bins()
    {
        var traces = Chart.Histogram([("a", new[] { 0.0, 1 }), ("b", new[] { 10.0, 11 })]).ToPlotlyJson()["data"]!;
        Assert.Equal(traces[0]!["x"]!.ToJsonString(), traces[1]!["x"]!.ToJsonString());
    }

    [Fact]
    public void Runs_are_shown_as_mean_and_one_standard_deviation()
    {
        var data = Chart.Runs([1, 2], [[1.0, 5], [3.0, 5], [5.0, 5]]).ToPlotlyJson()["data"]!;
        Assert.Equal("[5,5,5,1]", data[0]!["y"]!.ToJsonString());
        Assert.Equal("[3,5]", data[1]!["y"]!.ToJsonString());
    }

    [Fact]
    public void A_box_has_quartiles_whiskers_and_outliers()
    {
        var box = Chart.BoxPlot(["a"], [[4.0, 1, 2, 3, 5, 20]]).ToPlotlyJson()["data"]![0]!;
        string[] parts = ["q1", "median", "q3", "lowerfence", "upperfence", "y"];
        Assert.Equal(["[2.25]", "[3.5]", "[4.75]", "[1]", "[5]", "[[20]]"], parts.Select(part => box[part]!.ToJsonString()));
    }

    [Fact]
    public void Many_outliers_are_thinned_but_not_the_farthest_and_nearest()
    {
        var sample = Enumerable.Range(0, 10_000).Select(i => i < 500 ? 100.0 + i : i % 10);
        var points = Chart.BoxPlot(["a"], [sample]).ToPlotlyJson()["data"]![0]!["y"]![0]!.AsArray().Select(Number).ToList();
        Assert.Equal((100, 599, 40), (points.Min(), points.Max(), points.Count));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "group")]
    public void Boxes_of_a_common_label_are_side_by_side(bool shared, string? mode)
    {
        var chart = Chart.Combine(Chart.BoxPlot(["a"], [[1, 2]], "first"), Chart.BoxPlot([shared ? "a" : "b"], [[1, 2]], "second"));
        Assert.Equal(mode, (string?)chart.ToPlotlyJson()["layout"]!["boxmode"]);
    }

    [Fact]
    public void A_line_takes_the_legend_entry_of_its_band()
    {
        var data = Chart.Range([1, 2], [2, 3], [1, 2], [3, 4], "loss").WithLegend(true).ToPlotlyJson()["data"]!.AsArray();
        Assert.Equal([false, true], data.Select(trace => (bool)trace!["showlegend"]!));
        Assert.Equal((string?)data[0]!["line"]!["color"], (string?)data[1]!["line"]!["color"]);
    }

    [Fact]
    public void The_axes_of_both_renderings_include_a_reference_line()
    {
        var chart = Chart.Line([1, 2]).WithHorizontalLine(10, "goal");
        var layout = chart.ToPlotlyJson()["layout"]!;
        Assert.InRange(Number(layout["yaxis"]!["range"]![1]), 10, 11);
        Assert.Equal((10, "paper", "y"), (
            Number(layout["shapes"]![0]!["y0"]), (string?)layout["shapes"]![0]!["xref"], (string?)layout["shapes"]![0]!["yref"]));
        Assert.Contains(">goal</text>", chart.ToSvg("fig"));
    }

    [Fact]
    public void Annotations_on_a_logarithmic_axis_are_in_decades_for_plotly()
    {
        var layout = SampleCharts.All["annotated, logarithmic"].ToPlotlyJson()["layout"]!;
        Assert.Equal(["here", "tolerance"], layout["annotations"]!.AsArray().Select(note => (string?)note!["text"]));
        Assert.Equal(-2, Number(layout["annotations"]![1]!["y"]));
        Assert.Equal(0.01, Number(Assert.Single(layout["shapes"]!.AsArray())!["y0"]));
    }

    private static double Number(JsonNode? node) => double.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);
}
