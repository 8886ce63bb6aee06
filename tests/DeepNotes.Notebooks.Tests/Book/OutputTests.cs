using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Files;
using DeepNotes.Notebooks.Tests.Running;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class OutputTests
{
    private const string Svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\" aria-labelledby=\"t\"><title id=\"t\">A line</title><clipPath id=\"c\"/><g clip-path=\"url(#c)\"/></svg>";

    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private readonly List<string> _notes = [];

    public static TheoryData<string[], string, string> Preferences => new()
    {
        { [MimeBundle.Plotly, MimeBundle.Svg, MimeBundle.Html, MimeBundle.PlainText], "class=\"output chart\"", "class=\"output html\"" },
        { [MimeBundle.Svg, MimeBundle.Html, MimeBundle.PlainText], "class=\"output html\"", "<img" },
        { [MimeBundle.Svg, MimeBundle.Png, MimeBundle.PlainText], "src=\"figures/00/c1.svg\"", "base64" },
        { [MimeBundle.Latex, MimeBundle.PlainText], "class=\"math display\"", "class=\"output value\"" },
        { [MimeBundle.Png, MimeBundle.PlainText], "data:image/png;base64,", "class=\"output value\"" },
        { [MimeBundle.PlainText], "<pre class=\"output value\">", "<img" },
    };

    [Theory]
    [MemberData(nameof(Preferences))]
    public void The_richest_form_of_a_value_is_shown(string[] types, string shown, string hidden)
    {
        var bundle = new MimeBundle();
        foreach (var type in types)
        {
            bundle[type] = type switch
            {
                MimeBundle.Plotly => new JsonObject { ["data"] = new JsonArray() },
                MimeBundle.Svg => Svg,
                MimeBundle.Png => Png,
                _ => "text",
            };
        }

        var html = Render(new DisplayOutput(bundle, null));

        Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_is_an_image_with_alternative_text_size_and_numbered_permalink()
    {
        var html = Render(Display(MimeBundle.Svg, Svg), Display(MimeBundle.Svg, Svg));

        Assert.Contains("id=\"figure-1\"><img alt=\"A line\" src=\"figures/00/c1.svg\" width=\"8\" height=\"4\">", html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"figure-number\" href=\"#figure-2\">Figure 2</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_SVG_cannot_break_the_page() =>
        Assert.Contains("<img alt=\"Figure\" src=\"figures/00/c1.svg\">", Render(Display(MimeBundle.Svg, "<svg><g></svg>")), StringComparison.Ordinal);

    [Theory]
    [InlineData("<svg width=\"8\"><g/></svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\"><g/></svg>")]
    [InlineData("<?xml version=\"1.0\"?><svg/>", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData(Svg, Svg)]
    [InlineData("no drawing", "no drawing")]
    public void As_a_file_of_its_own_a_drawing_names_its_language(string drawing, string file) => Assert.Equal(file, SvgFace.Standalone(drawing));

    [Fact]
    public void A_figure_with_a_script_end_tag_cannot_end_the_script() =>
        Assert.DoesNotContain("</script><b>", Render(new DisplayOutput(new MimeBundle { [MimeBundle.Plotly] = new JsonObject { ["name"] = "</script><b>" } }, null)), StringComparison.Ordinal);

    [Fact]
    public void Outputs_of_one_stream_are_joined_and_long_text_is_collapsed()
    {
        var pieces = Enumerable.Range(1, 40).Select(i => new StreamOutput("stdout", $"line {i}\n"));

        var html = Render([.. pieces]);

        Assert.Contains("line 12</pre>", html, StringComparison.Ordinal);
        Assert.Contains("<summary>28 more lines</summary><pre class=\"output stream\">line 13\n", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_shows_its_message_and_its_trace_in_terminal_colours()
    {
        var html = Render(new ErrorOutput("ShapeException", "expected [N, 784], got \u001b[1m<32>\u001b[0m", ["\u001b[0;31mcell 3, line 2\u001b[0m"]));

        Assert.Contains("<strong>ShapeException</strong>", html, StringComparison.Ordinal);
        Assert.Contains("expected [N, 784], got <span class=\"ansi-bold\">&lt;32&gt;</span></pre>", html, StringComparison.Ordinal);
        Assert.Contains("<pre><span class=\"ansi-red\">cell 3, line 2</span></pre>", html, StringComparison.Ordinal);
    }

    private const string Svg2 = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>two</title></svg>";

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<rect onload=\"alert(1)\"/>")]
    [InlineData("<a href=\"javascript:alert(1)\"><text>x</text></a>")]
    [InlineData("<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"x\" onerror=\"alert(1)\"/></body></foreignObject>")]
    [InlineData("<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>")]
    [InlineData("<use href=\"https://example.org/x.svg#a\"/>")]
    [InlineData("<style>body { display: none }</style>")]
    public void An_SVG_with_active_content_is_embedded_as_an_image(string inside)
    {
        var html = Render(new DisplayOutput(new MimeBundle { [MimeBundle.Svg] = Svg2.Replace("</svg>", inside + "</svg>", StringComparison.Ordinal) }, null));

        Assert.Contains("<img alt=\"two\" src=\"figures/00/c1.svg\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/jpeg", "/9j/4AAQ\nSkZJRg==\n", "src=\"data:image/jpeg;base64,/9j/4AAQSkZJRg==\"")]
    [InlineData("image/gif", "R0lGODlhAQABAAAAACw=", "src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"")]
    [InlineData("image/webp", "UklGRhIAAABXRUJQVlA4TA==", "src=\"data:image/webp;base64,")]
    [InlineData("image/png", "/9j/4AAQSkZJRg==", "src=\"data:image/jpeg;base64,")] // the actual type, not the declared one
    [InlineData("application/json", """{"a":[1,"<"]}""", "&quot;a&quot;: [")]
    [InlineData("text/csv", "a,b", "<pre class=\"output value\">a,b</pre>")]
    [InlineData(MimeBundle.Markdown, "*a* <script>alert(1)</script>", "<em>a</em>")]
    public void A_supported_form_is_shown_without_a_note(string type, string data, string shown)
    {
        var bundle = new MimeBundle { [type] = MimeBundle.IsJson(type) ? JsonNode.Parse(data)! : data };

        var html = Render(new DisplayOutput(bundle, null));

        Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png", "\"><script>document.title=\"taken\"</script>", "image/png")]
    [InlineData("image/jpeg", "bm8gcGljdHVyZQ==", "image/jpeg")]
    [InlineData("application/pdf", "JVBERi0=", "application/pdf")]
    [InlineData("application/vnd.jupyter.widget-view+json", "{}", "widget-view")]
    [InlineData("text/javascript", "alert(1)", "text/javascript")]
    [InlineData("<b>/\"x", "y", "&lt;b&gt;/&quot;x")]
    public void An_unsupported_form_is_noted_in_the_page_and_in_the_terminal(string type, string data, string named)
    {
        var bundle = new MimeBundle { [type] = MimeBundle.IsJson(type) ? JsonNode.Parse(data)! : data };

        var html = Render(new DisplayOutput(bundle, null));

        Assert.Contains("class=\"output missing\"", html, StringComparison.Ordinal);
        Assert.Contains(named, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains(_notes, note => note.Contains(type, StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_in_HTML_is_rendered_by_the_page_with_its_data_as_a_table()
    {
        var tables = new FigureTables("01-test");
        var html = Render(tables, new DisplayOutput(new MimeBundle { [MimeBundle.Html] = "<div id='a'></div><script src=https://cdn.example.org/plotly.js></script><script>Plotly.newPlot('a', [{\"x\":[7],\"y\":[8]}], {})</script>" }, null));

        Assert.Contains("class=\"output chart\"", html, StringComparison.Ordinal);
        Assert.Contains("data-figure=\"figure-1\" data-tables=\"tables/01-test.js\"", html, StringComparison.Ordinal);
        Assert.Contains("<td>7</td><td>8</td>", Regex.Unescape(Encoding.UTF8.GetString(tables.File!)), StringComparison.Ordinal);
        Assert.DoesNotContain("<td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cdn.example.org", html, StringComparison.Ordinal);
    }

    [Fact]
    public void HTML_that_loads_scripts_from_the_network_is_noted()
    {
        Render(new DisplayOutput(new MimeBundle { [MimeBundle.Html] = "<script src='https://cdn.example.org/x.js'></script>" }, null));

        Assert.Contains("network", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_of_an_unknown_kind_is_noted() =>
        Assert.Contains("output of the type pager", Render(new UnknownOutput(new JsonObject { ["output_type"] = "pager" })), StringComparison.Ordinal);

    private static DisplayOutput Display(string type, string data) => new(new MimeBundle { [type] = data }, null);

    private string Render(params CellOutput[] outputs) => Render(new FigureTables("01-test"), outputs);

    private string Render(FigureTables tables, params CellOutput[] outputs)
    {
        var cell = TestNotebook.Code("1");
        cell["outputs"] = new JsonArray([.. outputs.Select(output => output.ToJson())]);
        var notebook = TestNotebook.Of(cell);
        var links = new ChapterLinks(notebook, new Dictionary<string, string>(), null, new NameRegister());
        return new OutputRenderer(notebook.Cells[0].Id, notebook.Cells[0].Outputs, "x", new OutputPlace(
            new PageIds(), new FigureFiles("00", notebook), tables, links, (source, _) => MarkdownDialect.Render(MarkdownDialect.Parse(source)), _notes.Add, "notebooks/a.ipynb")).Render();
    }
}
