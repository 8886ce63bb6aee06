using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class CodeColouringTests
{
    private static readonly CodeSnippet[] Chapter =
    [
        new("record Point(int X);", IsCell: true),
        new("var inProse = new Point(1);", IsCell: false),
        new("var p = new Point(1); // <here>\nvar p2 = Enumerable.Range(0, 3);", IsCell: true),
        new("var p = \"again\"; inProse.Missing(", IsCell: true),
    ];

    [Fact]
    public void Types_of_earlier_cells_and_of_the_framework_are_coloured()
    {
        var html = new CodeColouring([], null).Colour("chapter", Chapter);

        Assert.Equal(4, html.Count);
        Assert.Contains("<span class=\"k\">new</span> <span class=\"t\">Point</span>(<span class=\"n\">1</span>)", html[1], StringComparison.Ordinal);
        Assert.Contains("<span class=\"t\">Point</span>", html[2], StringComparison.Ordinal);
        Assert.Contains("<span class=\"c\">// &lt;here&gt;</span>", html[2], StringComparison.Ordinal);
        Assert.Contains("<span class=\"t\">Enumerable</span>.<span class=\"m\">Range</span>", html[2], StringComparison.Ordinal);
        Assert.Contains("<span class=\"s\">&quot;again&quot;</span>", html[3], StringComparison.Ordinal);
    }

    // In pieces: a type is known far below the cell that declares it, also by way of others.
    [Fact]
    public void In_a_long_chapter_types_and_usings_of_far_earlier_cells_are_known()
    {
        CodeSnippet[] chapter =
        [
            new("using System.Globalization;\nrecord Far(int X) { public int Twice() => 2 * X; }", IsCell: true),
            new("var far = new Far(1);", IsCell: true),
            .. Enumerable.Range(0, 300).Select(i => new CodeSnippet($"var v{i} = {i}; v{i}", IsCell: true)),
            new("far.Twice(); CultureInfo.InvariantCulture", IsCell: true),
        ];

        var html = new CodeColouring([], null).Colour("chapter", chapter)[^1];

        Assert.Contains("far.<span class=\"m\">Twice</span>()", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"t\">CultureInfo</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_is_used_again_until_a_cell_changes()
    {
        using var folder = new TemporaryFolder();
        var colouring = new CodeColouring(["/no/such/assembly.dll"], folder.Path);
        var first = colouring.Colour("chapter", Chapter);
        var saved = Directory.GetFiles(folder.Path).Single();
        File.WriteAllText(saved, File.ReadAllText(saved).Replace("again", "from the file", StringComparison.Ordinal));

        Assert.Contains("from the file", colouring.Colour("chapter", Chapter)[3], StringComparison.Ordinal);
        Assert.Equal(first.Take(1), colouring.Colour("chapter", Chapter[..1]));
    }

    [Fact]
    public void A_damaged_cache_is_no_obstacle()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["chapter.colours.json"], "{ not json");

        Assert.Equal("1 + <", System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(
            new CodeColouring([], folder.Path).Colour("chapter", [new("1 + <", IsCell: true)])[0], "<[^>]*>", "")));
    }
}
