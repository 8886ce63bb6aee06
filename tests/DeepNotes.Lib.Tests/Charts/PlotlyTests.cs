using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Tests.Charts;

public sealed class PlotlyTests
{
    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void A_figure_stays_within_the_schema_that_older_renderers_accept(string name)
    {
        var figure = SampleCharts.All[name].ToPlotlyJson();
        Assert.Equal(["data", "layout", "config"], figure.Select(pair => pair.Key).Take(3));
        Assert.Equal(SampleCharts.All[name].IsAnimation, figure.ContainsKey("frames"));
        string[] forbidden = ["titlefont", "titleside", "subtitle", "template", "legend2"];
        Assert.Empty(Objects(figure).SelectMany(o => o.Select(pair => pair.Key)).Intersect(forbidden));
        Assert.All(Objects(figure).Where(o => o.ContainsKey("title")), o => Assert.NotNull(o["title"]!["text"]));
        Assert.All(figure["data"]!.AsArray(), trace => Assert.NotNull(trace!["type"]));
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void The_page_sets_background_fonts_and_grid_lines(string name)
    {
        var layout = SampleCharts.All[name].ToPlotlyJson()["layout"]!.AsObject();
        Assert.Equal("rgba(0,0,0,0)", (string?)layout["paper_bgcolor"]);
        Assert.Equal("rgba(0,0,0,0)", (string?)layout["plot_bgcolor"]);
        Assert.DoesNotContain(Objects(layout), o => o.ContainsKey("gridcolor") || o["font"]?["color"] is not null);
    }

    [Fact]
    public void Headings_wrap_before_the_buttons_and_the_edge_of_a_page_and_the_plot_begins_below_them()
    {
        var plain = Chart.Line([1, 2]).WithTitle("Title").WithSubtitle("Sub-title").WithSize(height: 400).ToPlotlyJson()["layout"]!;
        var layout = Chart.Line([1, 2]).WithTitle("A trained shallow network is a good start, and so is a good scale").WithSize(height: 400)
            .WithSubtitle("So the number of values halves from stage to stage, and the last two stages share 512 channels").ToPlotlyJson()["layout"]!;
        string[] Lines(string? text) => text!.Replace("<b>", "").Replace("</b>", "").Split("<br>");
        var (title, subtitle) = (Lines((string?)layout["title"]!["text"]), Lines((string?)layout["annotations"]!.AsArray().Single(note => (string?)note!["name"] == "subtitle")!["text"]));
        Assert.Equal(2, title.Length);
        Assert.Equal(2, subtitle.Length);
        Assert.All(title, line => Assert.True(line.Length <= 42, line));
        Assert.All(subtitle, line => Assert.True(line.Length <= 84, line));
        Assert.Equal((int)plain["margin"]!["t"]! + 22 + 20, (int)layout["margin"]!["t"]!);
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void Nothing_can_be_uploaded_to_a_server(string name)
    {
        var config = SampleCharts.All[name].ToPlotlyJson()["config"]!;
        Assert.False((bool)config["displaylogo"]!);
        var removed = config["modeBarButtonsToRemove"]!.AsArray().Select(button => (string?)button);
        Assert.Contains("sendChartToCloud", removed);
        Assert.Contains("sendDataToCloud", removed);
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void Json_is_the_same_in_every_culture(string name)
    {
        var chart = SampleCharts.All[name];
        Assert.Equal(chart.ToPlotlyJson().ToJsonString(), SampleCharts.InForeignCulture(() => chart.ToPlotlyJson().ToJsonString()));
        using var parsed = JsonDocument.Parse(chart.ToPlotlyJson().ToJsonString());
        Assert.Equal(JsonValueKind.Array, parsed.RootElement.GetProperty("data").ValueKind);
    }

    [Fact]
    public void Every_axis_of_a_trace_is_in_the_layout()
    {
        var figure = SampleCharts.All["grid"].ToPlotlyJson();
        foreach (var trace in figure["data"]!.AsArray())
        {
            foreach (var axis in new[] { (string)trace!["xaxis"]!, (string)trace["yaxis"]! })
            {
                Assert.NotNull(figure["layout"]![$"{axis[0]}axis{axis[1..]}"]);
            }
        }
        Assert.Contains(figure["layout"]!["annotations"]!.AsArray(), note => (string?)note!["text"] == "<b>left</b>");
    }

    [Fact]
    public void Traces_in_space_share_a_scene()
    {
        var figure = Chart.Grid([Chart.Line([1]), SampleCharts.All["surface"]]).ToPlotlyJson();
        Assert.Equal([null, "scene2", "scene2"], figure["data"]!.AsArray().Select(trace => (string?)trace!["scene"]));
        Assert.Equal(["w", "y", "loss"], "xyz".Select(axis => (string?)figure["layout"]!["scene2"]![axis + "axis"]!["title"]!["text"]));
        Assert.False(figure["layout"]!.AsObject().ContainsKey("xaxis2"));
    }

    [Fact]
    public void A_legend_lists_each_name_once()
    {
        var chart = Chart.Grid([Chart.Line([1, 2], "a"), Chart.Combine(Chart.Line([1, 2], "a"), Chart.Line([1, 2], "b"))]);
        var shown = chart.ToPlotlyJson()["data"]!.AsArray().Select(trace => (bool)trace!["showlegend"]!);
        Assert.Equal([true, false, true], shown);
    }

    [Fact]
    public void A_title_of_two_lines_is_placed_lower()
    {
        static int Pad(string title) => (int)Chart.Line([1, 2]).WithTitle(title).ToPlotlyJson()["layout"]!["title"]!["pad"]!["t"]!;
        Assert.True(Pad(string.Join(' ', Enumerable.Repeat("words", 20))) > Pad("words"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Panels_side_by_side_leave_room_for_a_colour_bar_and_for_powers_of_ten(int columns)
    {
        static double[] Domain(Chart chart, string axis) => chart.ToPlotlyJson()["layout"]![axis]!["domain"]!.Deserialize<double[]>()!;
        Chart Grid(Func<Chart> panel) => Chart.Grid(Enumerable.Range(0, columns).Select(_ => panel()), columns);
        double Gap(Chart chart) => Domain(chart, "xaxis2")[0] - Domain(chart, "xaxis")[1];
        var plain = Grid(() => Chart.Line([1, 2]));
        Assert.True(Gap(Grid(() => Chart.Line([1, 2]).WithYAxis("loss", log: true))) > Gap(plain) + 0.03);
        Assert.InRange(Gap(Grid(() => Chart.Heatmap(new double[,] { { 1, 2 } }))), Gap(plain) + 0.07, Gap(plain) + 0.2);
    }

    [Fact]
    public void Labels_of_a_matrix_may_repeat()
    {
        var axis = SampleCharts.All["confusion"].ToPlotlyJson()["layout"]!["xaxis"]!;
        Assert.Equal(["a", "a"], axis["ticktext"]!.AsArray().Select(label => (string?)label));
        Assert.Equal([0, 1], axis["tickvals"]!.AsArray().Select(place => (int)place!));
    }

    [Fact]
    public void Categories_stay_names_even_when_they_look_like_numbers() =>
        Assert.Equal("category", (string?)Chart.Bar(["0", "1"], [3, 4]).ToPlotlyJson()["layout"]!["xaxis"]!["type"]);

    [Fact]
    public void The_range_of_a_logarithmic_axis_is_in_decades()
    {
        var axis = Chart.Line([1, 2]).WithYAxis(range: (0.01, 1000), log: true).ToPlotlyJson()["layout"]!["yaxis"]!;
        Assert.Equal("[-2,3]", axis["range"]!.ToJsonString());
        Assert.Equal("log", (string?)axis["type"]);
    }

    [Fact]
    public void Markup_is_shown_and_not_interpreted()
    {
        var figure = Chart.Line([1, 2], "<b>&").WithTitle("a < b").ToPlotlyJson();
        Assert.Equal("&lt;b&gt;&amp;", (string?)figure["data"]![0]!["name"]);
        Assert.Equal("<b>a &lt; b</b>", (string?)figure["layout"]!["title"]!["text"]);
    }

    public static TheoryData<double[], bool, string> Rounding => new()
    {
        { [138357544, 0.7], false, "[138357544,1]" },
        { [1, 2.6, 1e15], false, "[1,3,1000000000000000]" },
        { [0, 1.0 / 3], false, "[0,0.3333333]" },
        { [0, 1000.0 / 3], false, "[0,333.3333]" },
        { [0.1f, 0.7f], false, "[0.1,0.7]" },
        { [1e-20, 3.14159265358e-20], false, "[1E-20,3.141593E-20]" },
        { [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -2], false, "[null,null,null,-2]" },
        { [1e-9 / 3, 1e6 / 3, 0, -1], true, "[3.333333E-10,333333.3,null,null]" },
        { [0.1 + 0.2], false, "[0.3]" },
        { [], false, "[]" },
    };

    [Theory]
    [MemberData(nameof(Rounding))]
    public void Integers_are_exact_and_floats_have_a_millionth_of_the_range(double[] values, bool log, string expected) =>
        Assert.Equal(expected, PlotlyNumbers.Array(values, log).ToJsonString());

    [Fact]
    public void A_matrix_is_rounded_as_a_whole() =>
        Assert.Equal("[[0.1234567,null],[1,0]]", PlotlyNumbers.Rows([0.12345671, double.NaN, 1, 1e-9], 2).ToJsonString());

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(pair => pair.Value).SelectMany(Objects).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };
}
