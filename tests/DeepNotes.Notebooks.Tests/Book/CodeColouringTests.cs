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
    public void Types_of_earlier_cells_and_of_the_framework_are_highlighted()
    {
        var html = new CodeColouring([], null).Colour("chapter", Chapter);

        Assert.Equal(4, html.Count);
        Assert.Contains("<span class=\"k\">new</span> <span class=\"t\">Point</span>(<span class=\"n\">1</span>)", html[1], StringComparison.Ordinal);
        Assert.Contains("<span class=\"t\">Point</span>", html[2], StringComparison.Ordinal);
        Assert.Contains("<span class=\"c\">// &lt;here&gt;</span>", html[2], StringComparison.Ordinal);
        Assert.Contains("<span class=\"t\">Enumerable</span>.<span class=\"m\">Range</span>", html[2], StringComparison.Ordinal);
        Assert.Contains("<span class=\"s\">&quot;again&quot;</span>", html[3], StringComparison.Ordinal);
    }

    // Chapters are processed in segments: a type is resolved far below the cell that declares it, even transitively.
    [Fact]
    public void In_a_long_chapter_types_and_usings_of_much_earlier_cells_are_resolved()
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

    // Each compilation in a chain refers to all previous ones: 4,000 cells in one chain took 14 GB.
    [Theory]
    [InlineData("var v{0} = {0};")]
    [InlineData("var v{0} = v{1} + 1;")]
    [InlineData("x = x + {0}; int x = {0};")]
    [InlineData("using N{0} = System.String; N{0} n{0} = n{1};")]
    public void A_chain_of_submissions_has_at_most_200_cells(string cell)
    {
        CodeSnippet[] chapter = [.. Enumerable.Range(0, 2000).Select(i => new CodeSnippet(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, cell, i, i - 1), IsCell: i % 7 != 0))];

        var chains = CodeColouring.Chains(chapter).ToList();

        Assert.Equal(chapter, chains.SelectMany(chain => chain.Piece));
        Assert.All(chains, chain => Assert.InRange(chain.Earlier.Count + chain.Piece.Count, 1, 201));
    }

    [Theory]
    [InlineData("#!html\n<p>public class</p>\n#!csharp\nvar x = 1;", null, "#!html\n&lt;p&gt;public class&lt;/p&gt;\n#!csharp\n<span class=\"k\">var</span> x")]
    [InlineData("#!time\nvar x = 1;", null, "#!time\n<span class=\"k\">var</span> x")]
    [InlineData("#!fsharp\nlet public = new object", null, "#!fsharp\nlet public = new object")]
    [InlineData("# return if it is new", "markdown", "# return if it is new")]
    [InlineData("if new: return", "python", "if new: return")]
    public void Only_the_CSharp_parts_of_a_cell_are_highlighted_as_CSharp(string code, string? language, string expected)
    {
        var html = new CodeColouring([], null).Colour("chapter", [new(code, IsCell: true, language), new("var after = 2;", IsCell: true)]);

        Assert.StartsWith(expected, html[0], StringComparison.Ordinal);
        Assert.Contains("<span class=\"n\">2</span>", html[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_is_used_until_a_cell_changes()
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
    public void A_damaged_cache_is_ignored()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["chapter.colours.json"], "{ not json");

        Assert.Equal("1 + <", System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(
            new CodeColouring([], folder.Path).Colour("chapter", [new("1 + <", IsCell: true)])[0], "<[^>]*>", "")));
    }
}
