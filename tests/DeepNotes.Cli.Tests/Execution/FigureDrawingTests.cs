using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Execution;

/// <summary>The engine renders figures of other libraries with the copy of DeepNotes.Lib shipped with the command line.</summary>
public sealed class FigureDrawingTests
{
    /// <summary>A class that looks like a chart of Plotly.NET by reflection.</summary>
    private const string Chart = """
        public sealed class Chart(string trace)
        {
            private readonly string _figure = $"{{\"data\":[{trace}]}}";
            public static string toFigureJson(Chart chart) => chart._figure;
        }
        """;

    [Theory]
    [InlineData("""{"type":"bar","x":["a","b"],"y":[1,2]}""", "2 bars, first 1, last 2, min 1, max 2", true)]
    [InlineData("""{"type":"pie","values":[1,2]}""", "pie: shown in the interactive figure only", true)]
    [InlineData("7", "a figure of plotly.js that is not drawn: ArgumentException: Chart.FromPlotly: expected a figure", false)]
    public async Task A_figure_of_another_library_is_displayed_with_an_SVG(string trace, string text, bool isDrawn)
    {
        using var folder = new TemporaryFolder();
        await using var session = await SessionProcess.StartAsync(new SessionOptions(folder.Path));
        var outputs = new List<CellOutput>();
        await session.ExecuteAsync(new CellRequest($"{Chart}\nnew Chart(\"\"\"{trace}\"\"\")", "cell 1"), outputs.Add);
        var shown = Assert.IsType<ResultOutput>(Assert.Single(outputs)).Data;
        Assert.Equal($$"""{"data":[{{trace}}]}""", shown.Forms["application/vnd.plotly.v1+json"]!.ToJsonString());
        Assert.StartsWith(text, shown.Text("text/plain"), StringComparison.Ordinal);
        Assert.Equal(isDrawn, shown.Text("image/svg+xml")?.StartsWith("<svg", StringComparison.Ordinal) ?? false);
    }
}
