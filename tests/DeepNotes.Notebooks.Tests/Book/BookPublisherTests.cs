using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using DeepNotes.Notebooks.Tests.Running;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class BookPublisherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pages_link_to_their_neighbours_and_their_notebook()
    {
        var result = Publish(Chapter("00-start", "# Start\n\nThe first."), Chapter("01-on", "# On\n\nSee [it](00-start.ipynb#Why-so?)."));

        Assert.Equal(["index.html", "00-start.html", "01-on.html"], result.Pages.Select(Path.GetFileName));
        Assert.Contains("rel=\"next\" href=\"01-on.html\"", Page("00-start"), StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\" href=\"00-start.html\"", Page("01-on"), StringComparison.Ordinal);
        Assert.Contains("href=\"00-start.html#why-so\"", Page("01-on"), StringComparison.Ordinal);
        Assert.Contains("<p>The first.</p>", Page("index"), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["book/notebooks/00-start.ipynb"]));
        Assert.Contains("load from a CDN", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-a", "02-c", " (01 is not written yet)")]
    [InlineData("02-a", "11a-c", " (03 to 10 are not written yet)")]
    [InlineData("11a-a", "11b-c", "")]
    [InlineData("start", "02-c", "")]
    public void Previous_and_next_links_name_the_missing_chapters(string first, string second, string missing)
    {
        Publish(Chapter(first, "# First"), Chapter(second, "# Second"));

        Assert.Contains($"<small>Next{missing}</small>", Page(first), StringComparison.Ordinal);
        Assert.Contains($"<small>Previous{missing}</small>", Page(second), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sidebar_links_to_all_chapters()
    {
        Publish(Chapter("00-start", "# Start"), Chapter("01-on", "# On"));

        Assert.Contains("<li><a href=\"00-start.html\"><span class=\"number\">00</span> Start</a></li>", Page("01-on"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"01-on.html\" aria-current=\"page\">", Page("01-on"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_states_its_run_and_the_number_of_claims_that_hold_here()
    {
        const string Holds = "<div class=\"deepnotes-proof deepnotes-proof-holds\"></div>";
        const string Planted = "<div class=\"deepnotes-proof deepnotes-proof-fails\"></div>";
        var shown = Proofs("01-a", Holds + Holds, Holds + Planted);
        new RunFingerprint("generated", RunMode.Full, "x64 512-bit", 2, "net10.0", "abc").StampOn(shown);

        BookPublisher.Publish([shown], new BookOptions
        {
            OutputFolder = _folder["book"],
            Checks = new Dictionary<string, NotebookDocument> { ["01-a"] = Proofs("01-a", Holds, Holds + Holds) },
        });

        Assert.Contains("Results: full run, generated data, x64 512-bit", Page("01-a"), StringComparison.Ordinal);
        Assert.Contains("Checked on this machine: 2 of 3 claims hold", Page("01-a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bar", "assets/plotly-cartesian.min.js")]
    [InlineData("surface", "assets/plotly.min.js")]
    public void A_page_of_cartesian_charts_loads_the_small_bundle(string type, string script)
    {
        var cell = TestNotebook.Code("1");
        cell["outputs"] = new JsonArray(new DisplayOutput(new MimeBundle { [MimeBundle.Plotly] = JsonNode.Parse($$"""{"data": [{"type": "{{type}}"}]}""")! }, null).ToJson());

        BookPublisher.Publish([TestNotebook.At(_folder["notebooks/01-a.ipynb"], cell)], new BookOptions { OutputFolder = _folder["book"] });

        Assert.Contains($"/{Path.GetFileName(script)}\"", Page("01-a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_packages_the_pages_load_from_a_CDN_with_integrity_hashes()
    {
        Publish(Chapter("00-start", "# Start\n\n$x$"));

        Assert.Matches("<script defer src=\"https://cdn[^\"]+/katex@[0-9.]+/dist/katex.min.js\" integrity=\"sha384-[^\"]+\" crossorigin=\"anonymous\">", Page("00-start"));
        Assert.Matches("data-plotly=\"https://cdn[^\"]+\" data-integrity=\"sha384-[^\"]+\"", Page("00-start"));
    }

    [Fact]
    public void Displayed_equations_have_numbers_and_permalinks()
    {
        Publish(Chapter("00-start", "# Start\n\n$$a$$\n\n## Equation 2\n\nA $$b$$ inside a sentence.\n\n\\begin{align}\nc\n\\end{align}"));

        Assert.Matches("<div class=\"equation\" id=\"equation-1\">\n<div class=\"math display\">a</div>\n<a class=\"equation-number\" href=\"#equation-1\" aria-label=\"Equation 1\">\\(1\\)</a>", Page("00-start"));
        Assert.Contains("id=\"equation-2-1\">", Page("00-start"), StringComparison.Ordinal);
        Assert.Contains("href=\"#equation-2-1\" aria-label=\"Equation 2\">(2)</a>", Page("00-start"), StringComparison.Ordinal);
        Assert.DoesNotContain("(3)</a>", Page("00-start"), StringComparison.Ordinal);
        Assert.DoesNotContain("(2)", File.ReadAllText(_folder["book/search-index.js"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Unchanged_files_are_not_written_again()
    {
        Publish(Chapter("00-start", "# Start"), Chapter("01-on", "# On"));

        Assert.Equal(0, Publish(Chapter("00-start", "# Start"), Chapter("01-on", "# On")).WrittenFiles);
        Assert.Equal(3, Publish(Chapter("00-start", "# Start"), Chapter("01-on", "# On\n\n## More")).WrittenFiles); // page, notebook, search
    }

    [Fact]
    public void The_page_of_a_deleted_chapter_is_removed_and_other_files_stay()
    {
        Publish(Chapter("00-start", "# Start"), Chapter("01-on", "# On"));
        File.WriteAllText(_folder["book/mine.txt"], "mine");

        Publish(Chapter("00-start", "# Start"));

        Assert.False(File.Exists(_folder["book/01-on.html"]));
        Assert.True(File.Exists(_folder["book/mine.txt"]));
    }

    [Fact]
    public void A_folder_with_other_files_is_not_changed()
    {
        Directory.CreateDirectory(_folder["book"]);
        File.WriteAllText(_folder["book/thesis.txt"], "years of work");

        var error = Assert.Throws<BookException>(() => Publish(Chapter("00-start", "# Start")));

        Assert.Contains("files that are not from a book of DeepNotes", error.Message, StringComparison.Ordinal);
        Assert.Equal([_folder["book/thesis.txt"]], Directory.GetFileSystemEntries(_folder["book"]));
    }

    [Fact]
    public void A_manifest_that_points_outside_deletes_nothing_there()
    {
        Publish(Chapter("00-start", "# Start"));
        File.WriteAllText(_folder["outside.txt"], "stays");
        File.AppendAllText(_folder["book/.deepnotes-book"], "../outside.txt\n");

        Publish(Chapter("00-start", "# Start"));

        Assert.True(File.Exists(_folder["outside.txt"]));
    }

    public static TheoryData<string[], string> BadChapters => new()
    {
        { [], "no chapters" },
        { ["a/00-start", "b/00-start"], "have the same name" },
    };

    [Theory]
    [MemberData(nameof(BadChapters))]
    public void Invalid_sets_of_chapters_are_rejected(string[] names, string message)
    {
        var error = Assert.Throws<BookException>(() => Publish([.. names.Select(name => Chapter(name, "# Text"))]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["book"]));
    }

    [Theory]
    [InlineData("index")]
    [InlineData("Questions")]
    [InlineData("glossary")]
    [InlineData("a b")]
    public void A_chapter_with_the_name_of_another_page_gets_its_own_page(string name)
    {
        var result = Publish(Chapter(name, "# The named"), Chapter("A B", "# Other"), Chapter("01-on", $"# On\n\nSee [it](<{name}.ipynb#why>)."));

        var page = Path.GetFileName(result.Pages[1]);
        Assert.Equal(4, result.Pages.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("The named</h1>", File.ReadAllText(result.Pages[1]), StringComparison.Ordinal);
        Assert.Contains($"href=\"{Uri.EscapeDataString(page)}\"", Page("index"), StringComparison.Ordinal);
        Assert.Contains($"href=\"{Uri.EscapeDataString(page)}#why\"", Page("01-on"), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder[$"book/notebooks/{Path.ChangeExtension(page, ".ipynb")}"]));
    }

    [Theory]
    [InlineData("#Is-it-*softmax*,-really?", "#is-it-softmax-really")]
    [InlineData("#is-it-softmax-really", "#is-it-softmax-really")]
    [InlineData("#cell-Other.One", "#cell-Other.One")]
    public void A_link_to_a_heading_in_Jupyters_form_is_resolved(string written, string published)
    {
        Publish(Chapter("00-links", $"# Links\n\n## Is it *softmax*, really?\n\n[there]({written})"));

        Assert.Contains($"<a href=\"{published}\">there</a>", Page("00-links"), StringComparison.Ordinal);
        Assert.Contains("id=\"is-it-softmax-really\"", Page("00-links"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_picture_is_noted_and_replaced_by_its_text()
    {
        var result = Publish(Chapter("00-start", "# Start\n\n![A cat](cat.png)"));

        Assert.Contains(result.Notes, note => note.Contains("cat.png", StringComparison.Ordinal));
        Assert.Contains("<p>A cat</p>", Page("00-start"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_integrity_hashes_of_the_CDN_match_the_packages()
    {
        if (FrontEndPackages.Locate(Repository.Npm) is null)
        {
            return; // without Node, there are no packages to compare with
        }

        var packages = Path.Combine(Repository.Npm, "node_modules");
        var files = FrontEnd.FromCdn();
        foreach (var file in files.All)
        {
            var hash = System.Security.Cryptography.SHA384.HashData(File.ReadAllBytes(file.SourceIn(packages)));
            Assert.Equal(file.Integrity, $"sha384-{Convert.ToBase64String(hash)}");
        }
    }

    private BookResult Publish(params NotebookDocument[] chapters) =>
        BookPublisher.Publish(chapters, new BookOptions { OutputFolder = _folder["book"] });

    private NotebookDocument Proofs(string name, params string[] outputs) => TestNotebook.At(_folder[$"notebooks/{name}.ipynb"], [.. outputs.Select(html =>
    {
        var cell = TestNotebook.Code("1");
        cell["outputs"] = new JsonArray(new DisplayOutput(new MimeBundle { [MimeBundle.Html] = html }, null).ToJson());
        return cell;
    })]);

    private string Page(string name) => File.ReadAllText(_folder[$"book/{name}.html"]);

    private NotebookDocument Chapter(string name, string markdown) => NotebookDocument.Parse(
        new JsonObject
        {
            ["cells"] = new JsonArray(new JsonObject { ["cell_type"] = "markdown", ["id"] = "text", ["metadata"] = new JsonObject(), ["source"] = markdown }),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString(),
        _folder[$"notebooks/{name}.ipynb"]);
}
