using System.Net;
using DeepNotes.Notebooks.Book;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class PlotlyHtmlTests
{
    // A chart of Plotly.NET.Interactive 5, with shortened identifiers.
    private const string Interactive = """
        <div><div id="a1"><!-- Plotly chart will be drawn inside this DIV --></div>
        <script type="text/javascript">
        var renderPlotly_a1 = function() {
            var fsharpPlotlyRequire = requirejs.config({context:'fsharp-plotly',paths:{plotly:'https://cdn.plot.ly/plotly-2.27.1.min'}}) || require;
            fsharpPlotlyRequire(['plotly'], function(Plotly) {
                var data = [{"type":"scatter","x":[1,2],"y":[3.5,"NaN"],"line":{}}];
                var layout = {"title":{"text":"Loss ☃"},"xaxis":{"title":{"text":"Epoch"}}};
                var config = {"responsive":true};
                Plotly.newPlot('a1', data, layout, config);
            });
        };
        if ((typeof(requirejs) !==  typeof(Function)) || (typeof(requirejs.config) !== typeof(Function))) { var script = document.createElement("script"); script.setAttribute("src", "https://cdnjs.cloudflare.com/ajax/libs/require.js/2.3.6/require.min.js"); document.getElementsByTagName("head")[0].appendChild(script); }
        </script></div>
        """;

    // The output of Plotly.NET's toEmbeddedHTML.
    private const string Page = """
        <!DOCTYPE html><html><head><script src="https://cdn.plot.ly/plotly-2.27.1.min.js" charset="utf-8"></script><title>Plotly.NET Datavisualization</title></head>
        <body><div><div id="b2"></div><script type="text/javascript">
        var renderPlotly_b2 = function() { var data = [{"x":[1,2],"y":[3.5,4]}]; var layout = {"title":{"text":"Loss ☃"}}; Plotly.newPlot('b2', data, layout, {}); }; renderPlotly_b2();
        </script></div></body></html>
        """;

    // The output of plotly for Python.
    private const string Python = """
        <div>                            <div id="c3" class="plotly-graph-div"></div>
        <script type="text/javascript">require(["plotly"], function(Plotly) { window.PLOTLYENV=window.PLOTLYENV || {};
        if (document.getElementById("c3")) { Plotly.newPlot(  "c3",  [{"x":[1,2],"y":[3.5,4]}],  {"title":{"text":"Loss \u2603"}},  {"responsive": true}  ).then(function(){ }) }; });</script>        </div>
        """;

    public static TheoryData<string> Charts => [Interactive, Page, Python, $"<iframe srcdoc=\"{WebUtility.HtmlEncode(Page)}\" style=\"border:0\"></iframe>"];

    [Theory]
    [MemberData(nameof(Charts))]
    public void A_chart_in_HTML_is_extracted_with_its_data(string html)
    {
        var figure = PlotlyHtml.Read(html)!;

        Assert.Equal("Loss ☃", (string?)figure["layout"]!["title"]!["text"]);
        Assert.Equal(3.5, (double?)figure["data"]![0]!["y"]![0]);
    }

    [Theory]
    [InlineData("<b>no chart</b>")]
    [InlineData("<script>Plotly.newPlot('a', [{\"x\":[1]}], {}); Plotly.newPlot('b', [{\"x\":[1]}], {})</script>")]
    [InlineData("<h2>And text</h2><script>Plotly.newPlot('a', [{\"x\":[1]}], {})</script>")]
    [InlineData("<script>Plotly.newPlot('a', make(), {})</script>")]
    [InlineData("<script>Plotly.newPlot('a', [{x: 1}], {})</script>")]
    [InlineData("<script>Plotly.newPlot('a', data, {})</script>")]
    [InlineData("<script>Plotly.newPlot('a', [")]
    public void Other_HTML_is_unchanged(string html) => Assert.Null(PlotlyHtml.Read(html));
}
