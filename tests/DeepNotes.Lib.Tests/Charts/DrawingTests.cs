namespace DeepNotes.Tests.Charts;

public sealed class DrawingTests
{
    private static readonly double[] Widths = [40, 60, 40, 80, 50, 40];
    private static readonly (int From, int To)[] Edges = [(0, 2), (1, 2), (2, 3), (2, 4), (3, 4), (1, 5), (4, 5)];

    [Fact]
    public void Edges_go_down_row_by_row()
    {
        var layout = new LayeredLayout(Widths, Edges);
        Assert.Equal([0, 0, 1, 2, 3, 4], Enumerable.Range(0, Widths.Length).Select(node => layout.At(node).Row));
        Assert.All(layout.Paths, path => Assert.All(
            path.Zip(path.Skip(1)), step => Assert.Equal(layout.At(step.First).Row + 1, layout.At(step.Second).Row)));
        Assert.Equal(Edges, layout.Paths.Select(path => (path[0], path[^1])));
    }

    [Fact]
    public void Nodes_of_a_row_do_not_overlap()
    {
        var layout = new LayeredLayout(Widths, Edges);
        var spans = Widths.Select((width, node) => (layout.At(node).Row, Left: layout.At(node).X - width / 2, Right: layout.At(node).X + width / 2));
        foreach (var row in spans.GroupBy(span => span.Row).Select(row => row.OrderBy(span => span.Left).ToList()))
        {
            Assert.All(row.Zip(row.Skip(1)), pair => Assert.True(pair.First.Right < pair.Second.Left));
        }
        Assert.All(spans, span => Assert.InRange(span.Left, -1e-9, layout.Width - Widths.Min()));
    }

    [Fact]
    public void An_input_is_just_above_its_first_consumer() =>
        Assert.Equal(1, new LayeredLayout([10, 10, 10, 10], [(0, 1), (1, 3), (2, 3)]).At(2).Row);

    [Fact]
    public void A_graph_names_its_inputs_operations_and_shapes()
    {
        var chart = SampleCharts.All["graph"];
        Assert.Contains("computational graph, 2 inputs,", chart.ToPlainText());
        Assert.Contains("MatMul, Tanh, Multiply", chart.ToPlainText());
        var texts = chart.ToPlotlyJson()["data"]!.AsArray()[^1]!["text"]!.AsArray().Select(text => (string?)text).ToList();
        Assert.Contains("W &lt;b&gt;", texts);
        Assert.Contains("[4, 3]", texts);
    }

    [Fact]
    public void A_graph_omits_hidden_inputs()
    {
        var (x, w) = (Tensor.Ones([2, 3]).RequireGradient(), Tensor.Ones([3, 4]));
        Assert.Contains("computational graph, 1 input, 1 operation", Chart.Graph(x.MatMul(w), [(x, "x")], hidden: [w]).ToPlainText());
        Assert.Contains("computational graph, 2 inputs, 1 operation", Chart.Graph(x.MatMul(w), [(x, "x")]).ToPlainText());
    }

    [Fact]
    public void Large_layers_are_shown_by_their_first_units_and_the_last()
    {
        var data = Chart.Network([784, 2]).ToPlotlyJson()["data"]!.AsArray();
        const int shownInputs = 10, pointsOfLine = 2, pointsOfCircle = 25;
        Assert.Equal(shownInputs * 2 * (pointsOfLine + 1) - 1, data[0]!["x"]!.AsArray().Count);
        Assert.Equal((shownInputs + 2) * (pointsOfCircle + 1) - 1, data[1]!["x"]!.AsArray().Count);
        Assert.Contains("784 units", data[2]!["text"]!.ToJsonString());
    }

    [Fact]
    public void Positive_and_negative_weights_have_their_colours()
    {
        var layer = new Linear(2, 1, seed: 1);
        layer.Weight.Value.Assign(Tensor.From([0.5f, -1], [1, 2]));
        var lines = Chart.Network([layer]).ToPlotlyJson()["data"]!.AsArray().Take(2).Select(trace => trace!["line"]!).ToList();
        Assert.Equal(["rgba(213,94,0,0.61)", "rgba(0,114,178,0.85)"], lines.Select(line => (string?)line["color"]));
        Assert.True(double.Parse(lines[0]["width"]!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) < 4);
    }
}
