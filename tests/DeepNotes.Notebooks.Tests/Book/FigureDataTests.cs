using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Book;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class FigureDataTests
{
    [Theory]
    [InlineData("""{"data": [{"x": [1, 2], "y": [3, null], "name": "loss"}, {"x": [1, 2], "y": [5, 6.5]}], "layout": {"xaxis": {"title": {"text": "<b>epoch</b>"}}}}""",
        "epoch loss series 2|1 3 5|2  6.5")]
    [InlineData("""{"data": [{"x": [1], "y": [3], "name": "a"}, {"x": ["2"], "y": [4], "name": "b"}]}""", "series x y|a 1 3|b 2 4")]
    [InlineData("""{"data": [{"type": "histogram", "x": [0.5, 0.25]}]}""", "series x|series 1 0.5|series 1 0.25")]
    [InlineData("""{"data": [{"z": [[1, 2], [3]], "x": ["u", "v"], "name": "counts"}]}""", "y \\ x u v|1 1 2|2 3")]
    [InlineData("""{"data": [{"type": "scatter3d", "x": [1], "y": [2], "z": [3]}]}""", "series x y z|series 1 1 2 3")]
    [InlineData("""{"data": [{"name": "empty"}]}""", "")]
    [InlineData("""{"data": [{"type": "box", "x": ["a"], "q1": [1], "median": [2], "q3": [3]}]}""", "series x q1 median q3|series 1 a 1 2 3")]
    [InlineData("""{"data": [{"x": [1, 2], "y": [3, 4], "hoverinfo": "skip"}]}""", "")]
    [InlineData("""{"layout": {}}""", "")]
    [InlineData("""{"data": [{"x": [1], "y": [3], "name": "loss"}], "layout": {"xaxis": {"title": "Epoch", "titlefont": {"size": 9}}}}""", "Epoch loss|1 3")]
    [InlineData("""{"data": [{"x": [1], "y": [3], "name": 7}], "layout": {"xaxis": {"title": 4}}}""", "4 7|1 3")]
    [InlineData("""{"data": [{"x": ["1"], "y": ["3"]}], "layout": {"xaxis": null}}""", "x series 1|1 3")]
    [InlineData("""{"data": [{"x": [1], "y": [3]}], "layout": {"xaxis": [1]}}""", "x series 1|1 3")]
    [InlineData("""[{"x": [1], "y": [3]}]""", "x series 1|1 3")]
    [InlineData("""{"data": {"x": [1], "y": [3]}}""", "x series 1|1 3")]
    [InlineData("""{"data": [null, 3, "x", {"x": [1], "y": [[3], null]}]}""", "series x y|series 1 1 |series 1  ")]
    [InlineData("""{"data": [{"x": {"dtype": "i1", "bdata": "AQL/"}, "y": {"dtype": "f8", "bdata": "AAAAAAAA8D8AAAAAAAAAQAAAAAAAAPh/"}}]}""", "x series 1|1 1|2 2|-1 ")]
    [InlineData("""{"data": [{"z": {"dtype": "u1", "bdata": "AQIDBA==", "shape": "2, 2"}}]}""", "y \\ x 1 2|1 1 2|2 3 4")]
    [InlineData("""{"data": [{"x": {"dtype": "f8", "bdata": "not base64"}, "y": {"dtype": "f8", "bdata": "AQ=="}}]}""", "")]
    [InlineData("""{"data": null, "layout": null}""", "")]
    [InlineData("\"{\\\"data\\\": [{\\\"x\\\": [1], \\\"y\\\": [3]}]}\"", "x series 1|1 3")]
    public void The_numbers_of_a_figure_are_a_table(string figure, string rows) => Assert.Equal(rows, Rows(FigureData.Render(PlotlyFigure.Read(JsonNode.Parse(figure)!)!)));

    [Fact]
    public void A_long_table_is_truncated()
    {
        var numbers = new JsonArray([.. Enumerable.Range(0, 500).Select(i => (JsonNode)i)]);
        var html = FigureData.Render(new JsonObject { ["data"] = new JsonArray(new JsonObject { ["x"] = numbers, ["y"] = numbers.DeepClone() }) });

        Assert.Equal(201, Rows(html).Split('|').Length);
        Assert.Contains("The first 200 of 500 rows", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"text\"")]
    [InlineData("""{"data": 3}""")]
    [InlineData("""{"layout": "x"}""")]
    public void JSON_that_is_not_a_figure_gives_null(string json) => Assert.Null(PlotlyFigure.Read(JsonNode.Parse(json)!));

    [Fact]
    public void Titles_in_the_old_form_are_converted()
    {
        var figure = PlotlyFigure.Read(JsonNode.Parse(
            """{"data": [{"marker": {"colorbar": {"title": "c", "titleside": "right"}}}], "layout": {"title": "T", "titlefont": {"size": 9}, "scene": {"xaxis": {"titlefont": {"size": 8}}}}}""")!);

        Assert.Equal(
            """{"data":[{"marker":{"colorbar":{"title":{"text":"c","side":"right"}}}}],"layout":{"title":{"text":"T","font":{"size":9}},"scene":{"xaxis":{"title":{"font":{"size":8}}}}}}""",
            figure!.ToJsonString());
    }

    private static string Rows(string html) => string.Join('|', new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html)
        .QuerySelectorAll("tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))));
}
