using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Running;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Chapters with unusual content, names or pictures, which must not affect other chapters or files.</summary>
public sealed class UnusualChapterTests : IDisposable
{
    private const string Drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"><title>NAME</title></svg>";

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private readonly TemporaryFolder _folder = new();

    public UnusualChapterTests()
    {
        Directory.CreateDirectory(_folder["repo/.git"]);
        Directory.CreateDirectory(_folder["repo/notebooks/pics"]);
        Directory.CreateDirectory(_folder["repo/notebooks/other"]);
        File.WriteAllBytes(_folder["repo/notebooks/pics/a.png"], Png);
        File.WriteAllBytes(_folder["repo/notebooks/pics/a b.png"], Png);
        File.WriteAllBytes(_folder["repo/notebooks/other/a.png"], [.. Png, 0]);
        File.WriteAllBytes(_folder["outside.png"], Png);
        File.WriteAllText(_folder["repo/.env"], "SECRET=1");
        File.WriteAllText(_folder["repo/notebooks/pics/secret.png"], "SECRET=1");
        File.WriteAllBytes(_folder["repo/notebooks/pics/empty.png"], []);
        File.CreateSymbolicLink(_folder["repo/notebooks/pics/link.png"], _folder["outside.png"]);
        File.CreateSymbolicLink(_folder["repo/notebooks/pics/inside.png"], "a.png");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("![x](pics/a.png)")]
    [InlineData("![x](pics/a%20b.png)")]
    [InlineData("![x](pics/inside.png)")]
    [InlineData("![x](./pics/../pics/a.png?raw=true)")]
    [InlineData("<img src=\"pics/a.png\" width=\"200\">")]
    [InlineData("text <img width='200' src='pics/a.png'> text")]
    [InlineData("<IMG WIDTH=200 SRC=pics/a.png>")]
    [InlineData("<picture><source srcset=\"pics/a.png 2x\"><img src=\"pics/a.png\"></picture>")]
    [InlineData("<video poster=\"pics/a.png\" controls></video>")]
    public void A_picture_in_the_notebooks_folder_is_copied(string markdown)
    {
        var result = Publish(Prose("01-a", markdown));

        Assert.Equal([], result.Notes.Skip(1));
        Assert.Equal(Png, File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder["book/pictures"]))));
        Assert.Contains("pictures/01-a-", Page("01-a"), StringComparison.Ordinal);
        Assert.Equal(markdown.Contains("200", StringComparison.Ordinal), Page("01-a").Contains("width=\"200\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("![TEXT](../../outside.png)")]
    [InlineData("![TEXT](../../../../../../../../../../../../etc/hostname)")]
    [InlineData("![TEXT](/etc/hostname)")]
    [InlineData("![TEXT](file:///etc/hostname)")]
    [InlineData("![TEXT](../.env)")]
    [InlineData("![TEXT](pics/secret.png)")]
    [InlineData("![TEXT](pics/link.png)")]
    [InlineData("![TEXT](pics/empty.png)")]
    [InlineData("![TEXT](pics)")]
    [InlineData("![TEXT](pics/a.png%00)")]
    [InlineData("![TEXT](https://example.org/x.png)")]
    [InlineData("<img src=\"../.env\" alt='TEXT'>")]
    [InlineData("<img alt=TEXT src=..%2F.env>")]
    [InlineData("<video src=\"../../outside.png\">TEXT</video>")]
    [InlineData("<audio><source src=../.env>TEXT</audio>")]
    [InlineData("![TEXT](attachment:none.png)")]
    public void Any_other_file_is_not_copied_but_noted(string markdown)
    {
        var result = Publish(Prose("01-a", markdown));

        Assert.Contains("01-a, cell 1: ", Assert.Single(result.Notes.Skip(1)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["book/pictures"]));
        Assert.Contains("TEXT", Page("01-a"), StringComparison.Ordinal);
        Assert.Empty(result.Failures);
    }

    [Theory]
    [InlineData("[TEXT](javascript:alert)")]
    [InlineData("[TEXT](/etc/passwd)")]
    [InlineData("[TEXT](file:///etc/passwd)")]
    [InlineData("<a href='data.csv'>TEXT</a>")]
    [InlineData("<vbscript:TEXT>")]
    [InlineData("<script>x</script>TEXT")]
    public void A_broken_link_becomes_text_and_is_noted(string markdown)
    {
        var result = Publish(Prose("01-a", markdown));

        Assert.Contains("01-a, cell 1: ", Assert.Single(result.Notes.Skip(1)), StringComparison.Ordinal);
        Assert.DoesNotMatch("<a href=\"(?:javascript|vbscript|file|data|/)", Page("01-a"));
    }

    [Fact]
    public void An_attachment_is_shown_in_Markdown_and_in_HTML()
    {
        var cell = TestNotebook.Markdown("![x](attachment:a.png)\n\n<img src=\"attachment:a.png\" width=\"9\">");
        cell["attachments"] = new JsonObject { ["a.png"] = new JsonObject { ["image/png"] = Convert.ToBase64String(Png) } };

        Assert.Empty(Publish(At("01-a", cell)).Notes.Skip(1));
        Assert.Equal(2, Page("01-a").Split("src=\"data:image/png;base64,").Length - 1);
    }

    [Fact]
    public void Different_pictures_of_the_same_name_are_two_files_and_equal_pictures_are_one()
    {
        Publish(Prose("01-a", "![](pics/a.png) ![](other/a.png) ![](pics/a.png)"), Prose("01", "![](pics/a.png)"));

        Assert.Equal(3, Directory.GetFiles(_folder["book/pictures"]).Length);
        var addresses = System.Text.RegularExpressions.Regex.Matches(Page("01-a"), "src=\"(pictures/[^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal((addresses[0], 2), (addresses[2], addresses.Distinct().Count()));
        Assert.Equal([.. Png, 0], File.ReadAllBytes(_folder[$"book/{addresses[1]}"]));
    }

    public static TheoryData<string[]> NamesThatMeet => new()
    {
        { ["exp-1", "exp-2"] },
        { ["04-softmax", "04-softmax-mine"] },
        { ["a b", "a-b"] },
        { ["04-a", "04"] },
    };

    [Theory]
    [MemberData(nameof(NamesThatMeet))]
    public void Each_chapter_links_to_its_own_figure(string[] names)
    {
        var chapters = names.Select(name => At(name, Figure("fig", name), Figure("FIG", $"{name} second"), Figure("fig-2", "third", "fourth"), Figure("../x", "fifth"))).ToList();

        Publish([.. chapters]);
        var first = names.Select(Figures).ToList();
        Publish([.. chapters.AsEnumerable().Reverse()]);

        Assert.All(names.Zip(first), pair => Assert.Equal([pair.First, $"{pair.First} second", "third", "fourth", "fifth"], pair.Second.Select(figure => figure.Title)));
        Assert.Equal(first.SelectMany(figures => figures), names.SelectMany(Figures));
    }

    [Fact]
    public void A_cell_that_cannot_be_rendered_is_shown_as_source_and_the_others_are_published()
    {
        var result = Publish(At("01-a", TestNotebook.Markdown("# A"), TestNotebook.Markdown(new string('>', 3000) + " deep")), Prose("02-b", "# B"));

        Assert.Contains("01-a, cell 2: ", Assert.Single(result.Failures), StringComparison.Ordinal);
        Assert.Contains("&gt; deep", Page("01-a"), StringComparison.Ordinal);
        Assert.Contains("<h1>B</h1>", Page("02-b"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A </div></section></main> closes what is not its own.")]
    [InlineData("<details><summary>Never closed</summary>\n\ntext")]
    [InlineData("<table><tr><td>never closed")]
    [InlineData("never <b>closed <i>either")]
    [InlineData("# A heading <b>never closed </main>")]
    [InlineData("</details></table>\n</div>\n\nSecond")]
    public void Open_tags_are_closed_at_the_end_of_a_cell(string markdown)
    {
        Publish(Prose("00-before", markdown), At("01-a", TestNotebook.Markdown("# First"), TestNotebook.Markdown(markdown), TestNotebook.Markdown("## Last")));

        AssertWhole();
    }

    [Theory]
    [InlineData("<table><tr><td>1</table></div></section></main>")]
    [InlineData("<!-- never closed")]
    [InlineData("<textarea>never closed")]
    [InlineData("<script>var a = 1;")]
    [InlineData("<style>.x {")]
    [InlineData("<b title=\"never closed")]
    [InlineData("<!DOCTYPE html><html><head><title>T</title></head><body><p>page</body></html>")]
    public void Open_tags_are_closed_at_the_end_of_an_output(string html)
    {
        var cell = TestNotebook.Code("1");
        cell["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { ["text/html"] = html } });

        Publish(At("01-a", TestNotebook.Markdown("# First"), cell, TestNotebook.Markdown("## Last")));

        AssertWhole();
    }

    [Fact]
    public void A_figure_may_be_nested_as_deeply_as_a_notebook()
    {
        var deep = new JsonObject();
        for (var level = 0; level < 400; level++)
        {
            deep = new JsonObject { ["a"] = deep };
        }

        var cell = TestNotebook.Code("1");
        cell["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [MimeBundle.Plotly] = new JsonObject { ["layout"] = deep } } });

        Assert.Empty(Publish(NotebookDocument.Parse(
            new JsonObject { ["cells"] = new JsonArray(cell), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString(new() { MaxDepth = 512 }),
            _folder["repo/notebooks/01-a.ipynb"])).Failures);
    }

    [Fact]
    public void Ids_with_different_unpaired_surrogates_differ()
    {
        const string Cells = """{"cell_type":"markdown","id":"\ud800","source":"a"},{"cell_type":"markdown","id":"\udfff","source":"b"}""";

        Publish(NotebookDocument.Parse($$"""{"cells":[{{Cells}}],"nbformat":4}""", _folder["repo/notebooks/01-a.ipynb"]));

        Assert.DoesNotContain(BookLinks.FindFaults(_folder["book"]), fault => fault.Contains(" times", StringComparison.Ordinal));
    }

    [Fact]
    public void Raw_cells_and_outputs_without_code_are_shown()
    {
        var raw = TestNotebook.Markdown("RAW <b>");
        raw["cell_type"] = "raw";
        var markdown = TestNotebook.Markdown("*M*");
        markdown["cell_type"] = "raw";
        markdown["metadata"] = new JsonObject { ["raw_mimetype"] = "text/markdown" };

        Publish(At("01-a", raw, markdown, FigureBelow("", "fig", "shown")));

        Assert.Contains("<pre class=\"output\">RAW &lt;b&gt;</pre>", Page("01-a"), StringComparison.Ordinal);
        Assert.Contains("<em>M</em>", Page("01-a"), StringComparison.Ordinal);
        Assert.Contains("<img alt=\"shown\"", Page("01-a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique()
    {
        Publish(At("01-a",
            TestNotebook.Markdown("# T\n\n## Cell c2\n\n## Same\n\n## Same\n\n<a id=\"why\"></a><p id=\"cell-c2\">x</p>\n\n## Why\n\n## Content"),
            TestNotebook.Code("1"), Figure("c2-0-t", "x"), Figure("C2", "y")));

        Assert.DoesNotContain(BookLinks.FindFaults(_folder["book"]), fault => fault.Contains(" times", StringComparison.Ordinal));
    }

    [Fact]
    public void The_description_of_a_page_has_no_TeX()
    {
        Publish(Prose("01-a", "\\begin{align}\na &= b\n\\end{align}\n\nWhere $x$ and $\\frac{1}{2}$ are."));

        Assert.Contains("<meta name=\"description\" content=\"Where x and … are.\">", Page("01-a"), StringComparison.Ordinal);
    }

    // The last cell is a sibling of the others in the page.
    private void AssertWhole()
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Page("01-a"));
        Assert.Equal("Last#", page.QuerySelector("body > .chapter > main#content > section.cell > h2:last-child")?.TextContent);
        Assert.Single(page.QuerySelectorAll("main > nav.neighbours"));
        Assert.Equal("body", page.QuerySelector("body > header.bar")?.ParentElement!.LocalName);
    }

    private BookResult Publish(params NotebookDocument[] chapters) =>
        BookPublisher.Publish(chapters, new BookOptions { OutputFolder = _folder["book"] });

    private string Page(string name) => File.ReadAllText(_folder[$"book/{name}.html"]);

    private NotebookDocument Prose(string name, string markdown) => At(name, TestNotebook.Markdown(markdown));

    private NotebookDocument At(string name, params JsonObject[] cells)
    {
        var ids = cells.Select(cell => (string)cell["id"]!).ToList();
        var document = TestNotebook.At(_folder[$"repo/notebooks/{name}.ipynb"], cells);
        var json = (JsonObject)document.Json.DeepClone();
        foreach (var (index, id) in ids.Index().Where(id => id.Item.Length > 0))
        {
            json["cells"]![index]!["id"] = id;
        }

        return NotebookDocument.Parse(json.ToJsonString(), document.Path);
    }

    private static JsonObject Figure(string id, params string[] titles) => FigureBelow("1", id, titles);

    private static JsonObject FigureBelow(string source, string id, params string[] titles)
    {
        var cell = TestNotebook.Code(source);
        cell["id"] = id;
        cell["outputs"] = new JsonArray([.. titles.Select(title => new DisplayOutput(
            new MimeBundle { [MimeBundle.Svg] = Drawing.Replace("NAME", title, StringComparison.Ordinal).Replace("<title>", "<title id=\"t\">", StringComparison.Ordinal) }, null).ToJson())]);
        return cell;
    }

    // The SVG files that a page's download links refer to, in order.
    private List<(string Address, string Title)> Figures(string name) =>
    [
        .. System.Text.RegularExpressions.Regex.Matches(Page(name), "class=\"figure-file\" href=\"([^\"]+)\"").Select(match => match.Groups[1].Value)
            .Select(address => (address, System.Text.RegularExpressions.Regex.Match(File.ReadAllText(_folder[$"book/{Uri.UnescapeDataString(address)}"]), ">([^<]+)</title>").Groups[1].Value)),
    ];
}
