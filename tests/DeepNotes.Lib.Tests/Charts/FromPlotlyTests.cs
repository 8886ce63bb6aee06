using System.Text.Json.Nodes;

namespace DeepNotes.Tests.Charts;

public sealed class FromPlotlyTests
{
    /// <summary>Charts that are not restored exactly from their figures: annotations in another order, encoded images, networks as lines.</summary>
    private static readonly string[] Simplified = ["images", "annotated", "annotated, logarithmic", "network", "weights", "graph"];

    public static TheoryData<string> Exact => [.. SampleCharts.All.Keys.Except(Simplified)];

    public static TheoryData<string> Others => [.. Simplified];

    [Theory]
    [MemberData(nameof(Exact))]
    public void A_chart_comes_back_from_its_figure(string name)
    {
        var figure = SampleCharts.All[name].ToPlotlyJson();
        Assert.Equal(figure.ToJsonString(), Chart.FromPlotly(figure.ToJsonString()).ToPlotlyJson().ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_simplified_keeps_titles_texts_and_lines(string name)
    {
        var figure = SampleCharts.All[name].ToPlotlyJson();
        var again = Chart.FromPlotly(figure).ToPlotlyJson();
        Assert.Equal((string?)figure["layout"]!["title"]?["text"], (string?)again["layout"]!["title"]?["text"]);
        Assert.Equal(Texts(figure), Texts(again));
        Assert.Subset(Coordinates(again), Coordinates(figure));
    }

    [Theory]
    [InlineData("""{"y":[1,2,"3",null]}""", "line, 4 points, first 1, last NaN, min 1, max 3, 1 not finite")]
    [InlineData("""{"type":"scattergl","mode":"markers","x":["2024-01-01","2024-03-01"],"y":[1,2]}""", "2 points, x 2024-01-01 to 2024-03-01, y 1 to 2")]
    [InlineData("""{"mode":"lines","x":["b","a"],"y":[3,4],"name":"loss"}""", "loss: line, 2 points, first 3, last 4, min 3, max 4")]
    [InlineData("""{"mode":"lines","y":{"dtype":"f4","bdata":"AACAPwAAAEA="}}""", "line, 2 points, first 1, last 2, min 1, max 2")]
    [InlineData("""{"x0":5,"dx":2,"mode":"markers","y":[1,2,3]}""", "3 points, x 5 to 9, y 1 to 3")]
    [InlineData("""{"mode":"lines","fill":"tozeroy","y":[1,2]}""", "area, 2 points, first 1, last 2, min 1, max 2")]
    [InlineData("""{"type":"bar","x":["a","b"],"y":[1,2]}""", "2 bars, first 1, last 2, min 1, max 2")]
    [InlineData("""{"type":"bar","orientation":"h","y":["a","b"],"x":[1,2]}""", "2 horizontal bars, first 1, last 2, min 1, max 2")]
    [InlineData("""{"type":"histogram","x":[1,1,2,5],"xbins":{"start":0,"end":6,"size":2}}""", "histogram of 4 values in 3 bins from 0 to 6, most in 0 to 2: 2")]
    [InlineData("""{"type":"histogram","x":[1,1,2,5],"histnorm":"percent","xbins":{"start":0,"end":6,"size":2}}""", "histogram in 3 bins from 0 to 6, most in 0 to 2: 50")]
    [InlineData("""{"type":"box","x":["a","a","a","b"],"y":[1,2,3,7]}""", "2 samples in quartiles, a median 2 (1.5 to 2.5); b median 7 (7 to 7)")]
    [InlineData("""{"type":"heatmap","z":[[1,2],[3,null]]}""", "heat map, 2 × 2, 1 to 3")]
    [InlineData("""{"type":"contour","z":[[0,1],[1,2]],"contours":{"size":0.5}}""", "contours every 0.5, 2 × 2, 0 to 2")]
    [InlineData("""{"type":"image","z":[[[255,0,0],[0,255,0]]]}""", "picture of 1 × 2 pixels")]
    [InlineData("""{"type":"surface","z":[[0,1],[1,2]]}""", "surface, drawn as contours every 0.2, 2 × 2, 0 to 2")]
    [InlineData("""{"type":"scatter3d","mode":"lines","x":[1,2],"y":[1,2],"z":[5,6]}""", "path in space, 2 points, height first 5, last 6, min 5, max 6")]
    public void Traces_of_plotly_are_read(string trace, string summary) => Assert.Equal(summary, Read(trace).ToPlainText());

    [Theory]
    [InlineData("""{"y":[1,2],"name":"loss"}""", false)]
    [InlineData("""{"y":[1,2],"name":"loss","showlegend":true}""", true)]
    public void One_trace_has_a_legend_if_it_asks_for_it(string trace, bool isShown) =>
        Assert.Equal(isShown, Read(trace).ToSvg().Contains(">loss</text>", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"mode":"markers","y":[1,2],"marker":{"symbol":"diamond","color":[3,4]}}""")]
    [InlineData("""{"mode":"markers","y":[1,2],"marker":{"symbol":"diamond"}}""")]
    public void Markers_keep_their_symbol_also_where_numbers_give_their_colours(string trace)
    {
        var circles = trace.Replace("diamond", "circle", StringComparison.Ordinal);
        Assert.NotEqual(Read(circles).ToSvg(), Read(trace).ToSvg());
        Assert.Equal("diamond", (string?)Read(trace).ToPlotlyJson()["data"]![0]!["marker"]!["symbol"]);
    }

    // The defaults of plotly.js: https://plotly.com/javascript/reference/heatmap/#heatmap-autocolorscale
    [Theory]
    [InlineData("[[-1,2],[3,4]]", ColorScale.Diverging)]
    [InlineData("[[1,2],[3,4]]", ColorScale.Sequential)]
    public void Without_a_colour_scale_numbers_of_both_signs_are_drawn_in_a_diverging_one(string z, ColorScale expected) =>
        Assert.Equal(
            Chart.Heatmap(new double[,] { { 0, 1 }, { 2, 3 } }, scale: expected).ToPlotlyJson()["data"]![0]!["colorscale"]!.ToJsonString(),
            Read($$"""{"type":"heatmap","z":{{z}}}""").ToPlotlyJson()["data"]![0]!["colorscale"]!.ToJsonString());

    [Theory]
    [InlineData("""{"type":"pie","values":[1,2]}""", "pie: shown in the interactive figure only")]
    [InlineData("""{"type":"violin","y":[1,2]}""", "violin: shown in the interactive figure only")]
    [InlineData("""{"type":"scatter3d","mode":"markers","x":[1],"y":[1],"z":[1]}""", "scatter3d: shown in the interactive figure only")]
    [InlineData("""{"stackgroup":"one","y":[1,2]}""", "stacked areas: shown in the interactive figure only")]
    [InlineData("""{"type":"heatmap","z":[[1,2,3]],"x":[1,2,4]}""", "heatmap (Chart.Heatmap: expected evenly spaced x, got 2 at index 1 where 2.5 would be even): shown in the interactive figure only")]
    [InlineData("""{"type":"contour","z":7}""", "contour (expected rows of numbers in z): shown in the interactive figure only")]
    [InlineData("""{"y":{"dtype":"c16","bdata":"AAAA"}}""", "scatter (Chart.Line: expected at least one value in y, got none): shown in the interactive figure only")]
    [InlineData("""{"type":"nonsense"}""", "nonsense: shown in the interactive figure only")]
    [InlineData("""{"type":"histogram","x":["a","b","a"]}""", "histogram: shown in the interactive figure only")]
    [InlineData("""{"type":"histogram","x":["2024-01-01","2024-01-02"]}""", "histogram: shown in the interactive figure only")]
    public void What_is_not_drawn_stays_in_the_figure_and_the_drawing_says_so(string trace, string line)
    {
        var chart = Read(trace);
        Assert.Equal(line, chart.ToPlainText());
        Assert.Contains(System.Net.WebUtility.HtmlEncode(line)[..20], chart.ToSvg(), StringComparison.Ordinal);
        var kept = chart.ToPlotlyJson()["data"]![0]!.AsObject();
        Assert.All(JsonNode.Parse(trace)!.AsObject(), member => Assert.Equal(member.Value!.ToJsonString(), kept[member.Key]!.ToJsonString()));
    }

    [Theory]
    [InlineData("""{"mode":"markers","y":[1,2],"marker":{"size":[10,40]}}""", "sizes of markers")]
    [InlineData("""{"type":"bar","y":[1,2],"marker":{"color":["red","blue"]}}""", "colours of single bars")]
    [InlineData("""{"mode":"markers","y":[1,2],"marker":{"color":["red","blue"]}}""", "colours of single markers")]
    [InlineData("""{"type":"bar","y":[4,1],"text":["four","one"],"textposition":"auto"}""", "texts of bars")]
    public void Parts_of_a_trace_that_are_not_drawn_are_named(string trace, string parts) =>
        Assert.EndsWith($"\n{parts}: shown in the interactive figure only", Read(trace).ToPlainText(), StringComparison.Ordinal);

    [Fact]
    public void Texts_of_bars_are_drawn_where_they_are_the_values_only()
    {
        static string Svg(string texts) => Read("""{"type":"bar","y":[4,1.26],"textposition":"outside","text":""" + texts + "}").ToSvg();
        Assert.Contains(">1.26<", Svg("""["4","1.3"]"""), StringComparison.Ordinal);
        Assert.DoesNotContain(">1.26<", Svg("""["four","one"]"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"xaxis":{"autorange":"reversed"}}""", "scatter, reversed x axis: shown in the interactive figure only")]
    [InlineData("""{"xaxis":{"range":[5,1]}}""", "scatter, reversed x axis: shown in the interactive figure only")]
    [InlineData("""{"shapes":[{"type":"rect","x0":0,"x1":1,"y0":1,"y1":2}]}""", "line, 2 points, first 1, last 2, min 1, max 2\nshapes: shown in the interactive figure only")]
    [InlineData("""{"shapes":[{"type":"line","x0":0,"x1":1,"y0":1,"y1":2}]}""", "line, 2 points, first 1, last 2, min 1, max 2\nshapes: shown in the interactive figure only")]
    [InlineData("""{"shapes":[{"type":"rect","visible":false,"x0":0,"x1":1,"y0":1,"y1":2}]}""", "line, 2 points, first 1, last 2, min 1, max 2")]
    public void What_a_layout_asks_for_and_we_cannot_draw_is_named(string layout, string text) => Assert.Equal(
        text, Chart.FromPlotly("""{"data":[{"mode":"lines","y":[1,2]}],"layout":""" + layout + "}").ToPlainText());

    [Fact]
    public void Each_panel_of_a_grid_has_its_own_heading()
    {
        // The places at which plotly.js 4.1 ends the rows and columns of an independent grid of 2 × 2.
        string[] names = ["first", "second", "third", "fourth"];
        var traces = names.Select((_, i) => $$"""{"mode":"lines","y":[1,2],"xaxis":"x{{i + 1}}","yaxis":"y{{i + 1}}"}""".Replace("x1", "x", StringComparison.Ordinal).Replace("y1", "y", StringComparison.Ordinal));
        var notes = names.Select((name, i) => $$"""{"text":"{{name}}","xref":"paper","yref":"paper","showarrow":false,"x":{{(i % 2 == 0 ? "0.2222" : "0.7778")}},"y":{{(i < 2 ? "1" : "0.4118")}} }""");
        var json = $$"""{"data":[{{string.Join(',', traces)}}],"layout": {"grid":{"rows":2,"columns":2,"pattern":"independent"},"annotations":[{{string.Join(',', notes)}}]} }""";
        var lines = Chart.FromPlotly(json).ToPlainText().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(names, lines.Where(line => names.Contains(line)));
    }

    [Fact]
    public void Error_bars_are_named_beside_the_points_that_are_drawn() => Assert.Equal(
        "2 points, x 0 to 1, y 1 to 2\nerror bars: shown in the interactive figure only",
        Read("""{"mode":"markers","y":[1,2],"error_y":{"array":[1,1]}}""").ToPlainText());

    [Fact]
    public void Axes_titles_and_sizes_are_those_of_the_layout()
    {
        var chart = Chart.FromPlotly("""
            {"data":[{"mode":"lines","x":[1,2],"y":[10,1000]}],"layout":{
              "title":{"text":"<b>A &amp; B</b><br>again","subtitle":{"text":"below"}},"width":600,"height":400,
              "xaxis":{"title":"epoch","range":[0,3]},"yaxis":{"title":{"text":"loss"},"type":"log","range":[0,4]}}}
            """);
        var layout = chart.ToPlotlyJson()["layout"]!;
        Assert.Equal(
            ("<b>A &amp; B again</b>", "epoch", "[0,3]", "loss", "log", "[0,4]", 600, 400),
            ((string?)layout["title"]!["text"], (string?)layout["xaxis"]!["title"]!["text"], layout["xaxis"]!["range"]!.ToJsonString(),
                (string?)layout["yaxis"]!["title"]!["text"], (string?)layout["yaxis"]!["type"], layout["yaxis"]!["range"]!.ToJsonString(),
                (int)layout["width"]!, (int)layout["height"]!));
        Assert.StartsWith("A & B again\nbelow\n", chart.ToPlainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"xaxis":{"domain":[0,0.4]},"xaxis2":{"domain":[0.6,1]}}""", 2)]
    [InlineData("""{"yaxis":{"domain":[0.6,1]},"yaxis2":{"domain":[0,0.4]}}""", 1)]
    [InlineData("""{"grid":{"rows":1,"columns":2,"pattern":"independent"}}""", 2)]
    [InlineData("""{"yaxis2":{"overlaying":"y","side":"right"}}""", 1)]
    public void Separate_axes_become_panels(string layout, int columns)
    {
        var chart = Chart.FromPlotly($$"""{"data":[{"y":[1,2],"name":"first"},{"y":[3,4],"xaxis":"x2","yaxis":"y2","name":"second"}],"layout":{{layout}}}""");
        Assert.Equal(columns, chart.Columns);
        Assert.Equal(["first", "second"], chart.Children.Select(child => child.Traces.Single().Name));
    }

    [Fact]
    public void Styles_are_those_of_the_figure()
    {
        var svg = Read("""{"mode":"lines","y":[1,2],"line":{"color":"rgb(1, 2, 3)","width":5}}""").ToSvg("a");
        Assert.Contains("#010203", svg, StringComparison.Ordinal);
        Assert.Contains("stroke-width=\"5\"", svg, StringComparison.Ordinal);
        Assert.Contains("#4682b4", Read("""{"type":"bar","y":[1],"marker":{"color":"SteelBlue"}}""").ToSvg("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Stacked_bars_begin_where_the_previous_end()
    {
        var chart = Chart.FromPlotly("""{"data":[{"type":"bar","x":["a"],"y":[2]},{"type":"bar","x":["a"],"y":[3]}],"layout":{"barmode":"stack"}}""");
        Assert.Equal(5, chart.Traces.Max(trace => trace.YExtent(log: false).Max));
        Assert.Equal("relative", (string?)chart.ToPlotlyJson()["layout"]!["barmode"]);
    }

    [Theory]
    [InlineData("", "expected JSON")]
    [InlineData("[1]", "expected a figure")]
    [InlineData("null", "expected a figure")]
    [InlineData("{\"data\":{}}", "expected a figure")]
    [InlineData("{\"data\":[1]}", "expected a figure")]
    [InlineData("{\"layout\":{}}", "got an object with layout")]
    public void An_invalid_figure_is_rejected(string json, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Chart.FromPlotly(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{}],"layout":null}""")]
    [InlineData("""{"data":[{"x":[],"y":[]}],"layout":{"xaxis":7,"annotations":[{}],"shapes":[{"type":"line"}],"sliders":3}}""")]
    [InlineData("""{"data":[{"y":[1e400,-1e400]}],"layout":{"yaxis":{"range":[5,5]},"width":-3,"height":1e9}}""")]
    [InlineData("""{"data":[{"y":[1],"xaxis":"","yaxis":"q9"}],"layout":{"grid":{"rows":-1,"columns":0,"pattern":"independent"}}}""")]
    [InlineData("""{"data":[{"y":[1]}],"frames":[{"data":[{"y":[2]},{"y":[3]}],"traces":[7,-1]},{}]}""")]
    [InlineData("""{"data":[{"type":"heatmap","z":[[1,2],[3]]},{"type":"surface","z":[[1]]},{"type":"image","source":"data:image/png;base64,x"}]}""")]
    [InlineData("""{"data":[{"type":"box","q1":[1],"median":[],"q3":[2]},{"type":"bar","x":[[1,2],["a","b"]],"y":[1,2]}]}""")]
    public void Incomplete_figures_are_drawn_as_far_as_possible(string json)
    {
        var chart = Chart.FromPlotly(json);
        Assert.StartsWith("<svg", chart.ToSvg(), StringComparison.Ordinal);
        Assert.NotNull(chart.ToPlotlyJson());
    }

    private static Chart Read(string trace) => Chart.FromPlotly($$"""{"data":[{{trace}}]}""");

    private static IEnumerable<string> Texts(JsonObject figure) => (figure["layout"]!["annotations"]?.AsArray() ?? [])
        .Select(note => (string)note!["text"]!)
        .Concat(figure["data"]!.AsArray().Where(trace => (string?)trace!["mode"] == "text").SelectMany(trace => trace!["text"]!.AsArray().Select(text => (string)text!)))
        .Select(text => text.Replace("<br>", " ", StringComparison.Ordinal)).Order();

    private static HashSet<string> Coordinates(JsonObject figure) => [.. figure["data"]!.AsArray()
        .Where(trace => (string?)trace!["mode"] == "lines").Select(trace => trace!["x"]!.ToJsonString() + trace["y"]!.ToJsonString())];
}
