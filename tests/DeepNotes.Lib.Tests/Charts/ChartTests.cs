namespace DeepNotes.Tests.Charts;

public sealed class ChartTests
{
    [Fact]
    public void A_change_leaves_the_chart_as_it_was()
    {
        var chart = Chart.Line([1, 2]);
        var before = chart.ToSvg("fig");
        _ = chart.WithTitle("new").WithXAxis("x").WithLegend(true).WithSize(300, 200);
        Assert.Equal(before, chart.ToSvg("fig"));
    }

    [Fact]
    public void Settings_of_an_axis_accumulate()
    {
        var axis = Chart.Line([1, 2]).WithYAxis("loss").WithYAxis(log: true).ToPlotlyJson()["layout"]!["yaxis"]!;
        Assert.Equal(("loss", "log"), ((string?)axis["title"]!["text"], (string?)axis["type"]));
    }

    [Fact]
    public void Axes_set_on_a_grid_are_set_on_its_charts()
    {
        var layout = Chart.Grid([Chart.Line([1]), Chart.Line([1])]).WithXAxis("epoch").ToPlotlyJson()["layout"]!;
        Assert.Equal(("epoch", "epoch"), ((string?)layout["xaxis"]!["title"]!["text"], (string?)layout["xaxis2"]!["title"]!["text"]));
    }

    [Fact]
    public void The_size_is_kept()
    {
        var chart = Chart.Line([1, 2]).WithSize(500, 300);
        Assert.Contains("width=\"500\" height=\"300\" viewBox=\"0 0 500 300\"", chart.ToSvg());
        Assert.Equal((500, 300), ((int)chart.ToPlotlyJson()["layout"]!["width"]!, (int)chart.ToPlotlyJson()["layout"]!["height"]!));
    }

    [Fact]
    public void Ids_follow_from_the_content()
    {
        Assert.Equal(Chart.Line([1, 2]).ToSvg(), Chart.Line([1.0, 2.0]).ToSvg());
        Assert.NotEqual(Id(Chart.Line([1, 2])), Id(Chart.Line([1, 3])));

        static string Id(Chart chart) => chart.ToSvg().Split("<title id=\"")[1].Split('"')[0];
    }

    [Fact]
    public void A_description_is_made_from_the_data_or_given()
    {
        var chart = Chart.Line([3, 1, 2], "loss").WithXAxis("epoch").WithYAxis("nats", log: true);
        Assert.Contains(
            ">Horizontal axis: epoch. Vertical axis: nats, logarithmic. loss: line, 3 points, first 3, last 2, min 1, max 3.</desc>",
            chart.ToSvg());
        Assert.Contains(">It falls.</desc>", chart.WithDescription("It falls.").ToSvg());
    }

    [Fact]
    public void Combining_keeps_the_first_titles_and_axes()
    {
        var text = Chart.Combine(Chart.Line([1]), Chart.Line([2]).WithTitle("second")).ToPlainText();
        Assert.StartsWith("second\n", text);
    }

    [Fact]
    public void Classes_are_sorted_as_numbers()
    {
        var names = Chart.Scatter([1, 2, 3], [1, 2, 3], classes: [10, 9, 10]).ToPlotlyJson()["data"]!.AsArray();
        Assert.Equal(["9", "10"], names.Select(trace => (string?)trace!["name"]));
    }

    public static TheoryData<string, Chart, Chart> OfTensors => new()
    {
        { "line", Chart.Line(Row), Chart.Line([1f, 2]) },
        { "line over x", Chart.Line(Row, Row, "a"), Chart.Line([1f, 2], [1f, 2], "a") },
        { "scatter", Chart.Scatter(Row, Row), Chart.Scatter([1f, 2], [1f, 2]) },
        { "histogram", Chart.Histogram(Square, bins: 3), Chart.Histogram([1f, 2, 3, 4], bins: 3) },
        { "heat map", Chart.Heatmap(Square), Chart.Heatmap(new[,] { { 1, 2 }, { 3, 4 } }) },
        { "heat map of a row", Chart.Heatmap(Row), Chart.Heatmap(new[,] { { 1, 2 } }) },
        { "heat map of a matrix", Chart.Heatmap(Square.ToMatrix()), Chart.Heatmap(new[,] { { 1, 2 }, { 3, 4 } }) },
        { "contour", Chart.Contour(Square, [0, 1], [0, 1]), Chart.Contour(new[,] { { 1, 2 }, { 3, 4 } }, [0, 1], [0, 1]) },
        { "contour of a matrix", Chart.Contour(Square.ToMatrix(), [0, 1], [0, 1]), Chart.Contour(new[,] { { 1, 2 }, { 3, 4 } }, [0, 1], [0, 1]) },
        { "surface", Chart.Surface(Square, [0, 1], [0, 1]), Chart.Surface(new[,] { { 1, 2 }, { 3, 4 } }, [0, 1], [0, 1]) },
        { "surface of a matrix", Chart.Surface(Square.ToMatrix(), [0, 1], [0, 1]), Chart.Surface(new[,] { { 1, 2 }, { 3, 4 } }, [0, 1], [0, 1]) },
    };

    private static Tensor Row => Tensor.From([1, 2], [2]);

    private static Tensor Square => Tensor.From([1, 2, 3, 4], [2, 2]);

    [Theory]
    [MemberData(nameof(OfTensors))]
    public void Tensors_and_matrices_are_accepted(string kind, Chart given, Chart expected)
    {
        Assert.NotEmpty(kind);
        Assert.Equal(expected.ToSvg(), given.ToSvg());
    }

    [Fact]
    public void A_line_accepts_only_a_tensor_of_one_axis() =>
        Assert.Contains("Chart.Line: expected a tensor [N], got [2, 2]", Assert.Throws<ShapeException>(() => Chart.Line(Square)).Message);

    [Fact]
    public void Numbers_of_any_type_are_accepted()
    {
        var expected = Chart.Line([1.0, 2.0], [0.5, 0.25]).ToSvg();
        Assert.Equal(expected, Chart.Line(new[] { 1, 2 }, new[] { 0.5f, 0.25f }).ToSvg());
        Assert.Equal(expected, Chart.Line(new List<long> { 1, 2 }, [0.5m, 0.25m]).ToSvg());
    }
}
