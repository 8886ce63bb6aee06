using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class OutputTests
{
    private const string Svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\" aria-labelledby=\"t\"><title id=\"t\">A line</title><clipPath id=\"c\"/><g clip-path=\"url(#c)\"/></svg>";

    public static TheoryData<string[], string, string> Preferences => new()
    {
        { [MimeBundle.Plotly, MimeBundle.Svg, MimeBundle.Html, MimeBundle.PlainText], "class=\"output chart\"", "class=\"output html\"" },
        { [MimeBundle.Svg, MimeBundle.Html, MimeBundle.PlainText], "class=\"output html\"", "<svg" },
        { [MimeBundle.Svg, MimeBundle.Png, MimeBundle.PlainText], "class=\"output picture\"><svg", "<img" },
        { [MimeBundle.Latex, MimeBundle.PlainText], "class=\"math display\"", "class=\"output value\"" },
        { [MimeBundle.Png, MimeBundle.PlainText], "data:image/png;base64,", "class=\"output value\"" },
        { [MimeBundle.PlainText], "<pre class=\"output value\">", "<img" },
    };

    [Theory]
    [MemberData(nameof(Preferences))]
    public void Of_a_values_forms_the_best_one_is_shown(string[] types, string shown, string hidden)
    {
        var bundle = new MimeBundle();
        foreach (var type in types)
        {
            bundle[type] = type switch
            {
                MimeBundle.Plotly => new JsonObject { ["data"] = new JsonArray() },
                MimeBundle.Svg => Svg,
                _ => "text",
            };
        }

        var html = Render(new DisplayOutput(bundle, null));

        Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, html, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_a_figure_are_made_the_pages_own()
    {
        var html = Render(new DisplayOutput(new MimeBundle { [MimeBundle.Svg] = Svg }, null));

        Assert.Contains("aria-labelledby=\"x-0-t\"><title id=\"x-0-t\"", html.Replace(" viewBox=\"0 0 8 4\" role=\"img\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<clipPath id=\"x-0-c\" /><g clip-path=\"url(#x-0-c)\" />", html, StringComparison.Ordinal);
        Assert.Contains("viewBox=\"0 0 8 4\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_that_is_not_well_formed_can_not_break_the_page() =>
        Assert.Contains("<img alt=\"Figure\" src=\"data:image/svg+xml;base64,", Render(new DisplayOutput(new MimeBundle { [MimeBundle.Svg] = "<svg><g></svg>" }, null)), StringComparison.Ordinal);

    [Fact]
    public void A_figure_that_names_a_script_element_can_not_end_it() =>
        Assert.DoesNotContain("</script><b>", Render(new DisplayOutput(new MimeBundle { [MimeBundle.Plotly] = new JsonObject { ["name"] = "</script><b>" } }, null)), StringComparison.Ordinal);

    [Fact]
    public void Pieces_of_one_stream_are_one_and_what_is_long_is_folded()
    {
        var pieces = Enumerable.Range(1, 40).Select(i => new StreamOutput("stdout", $"line {i}\n"));

        var html = OutputRenderer.Render([.. pieces], "x", new FigureFiles("00", "x"));

        Assert.Contains("line 12</pre>", html, StringComparison.Ordinal);
        Assert.Contains("<summary>28 more lines</summary><pre class=\"output stream\">line 13\n", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_shows_its_message_without_terminal_colours()
    {
        var html = Render(new ErrorOutput("ShapeException", "expected [N, 784], got <32>", ["\u001b[0;31mcell 3, line 2\u001b[0m"]));

        Assert.Contains("<strong>ShapeException</strong>", html, StringComparison.Ordinal);
        Assert.Contains("expected [N, 784], got &lt;32&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<pre>cell 3, line 2</pre>", html, StringComparison.Ordinal);
    }

    private static string Render(CellOutput output) => OutputRenderer.Render([output], "x", new FigureFiles("00", "x"));
}
