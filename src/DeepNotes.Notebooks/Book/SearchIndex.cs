using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>A searchable entry: its anchor, its heading, and its words.</summary>
/// <param name="Anchor">An id in the page; empty for the page itself.</param>
/// <param name="Kind">"heading", "text", "card", "code", "output", or the index page's own: "verdict", "notation", "glossary".</param>
internal sealed record SearchEntry(string Anchor, string Heading, string Text, string Kind);

/// <summary>
/// The text of the book as a script beside the pages, because a page on the file system can't fetch a file. The page
/// builds the index itself (search.js).
/// </summary>
internal static partial class SearchIndex
{
    public const string File = "search-index.js";

    // A limit per entry, so that a cell with megabytes of output does not inflate the index.
    private const int MaxWords = 10_000;
    private const int MaxHtml = 10 * MaxWords;

    public static string Make(IReadOnlyList<Chapter> chapters, IReadOnlyList<IndexPage> indexes)
    {
        var pages = chapters.Select(chapter => (chapter.Address, Title: Words(chapter.Title), chapter.Entries))
            .Concat(indexes.Select(page => (page.Address, page.Title, page.Entries))).ToList();
        var entries = pages.SelectMany((page, index) =>
            page.Entries.Select(entry => new object[] { index, entry.Anchor, entry.Heading, entry.Text, entry.Kind }));
        return $$"""
            window.deepNotesIndex = {
            "pages": {{JsonSerializer.Serialize(pages.Select(page => new[] { page.Address, page.Title }), Html.InScript)}},
            "entries": [
            {{string.Join(",\n", entries.Select(entry => JsonSerializer.Serialize(entry, Html.InScript)))}}
            ]};

            """;
    }

    /// <summary>The words of an HTML fragment on one line, without formulas, whose source is never searched for.</summary>
    public static string Words(string html) => OneLine(Html.PlainText(Formula.LeftOut(Unread().Replace(Beginning(html, MaxHtml, '>'), " "))));

    public static string OneLine(string text) => Space().Replace(Beginning(text), " ").Trim();

    /// <summary>The indexed part of a text.</summary>
    public static string Beginning(string text) => Beginning(text, MaxWords, ' ');

    // Cut after the last end of a word or a tag, where there is one.
    private static string Beginning(string text, int most, char end) =>
        text.Length <= most ? text : text[..(text.LastIndexOf(end, most - 1) is > 0 and var last ? last + 1 : most)];

    [GeneratedRegex("""<(?<tag>script|style)\b.*?(?:</\k<tag>|\z)|<(?<tag>\w+) class="math display">.*?</\k<tag>>|<a class="(?:permalink|equation-number)".*?</a>|(?=</?(?:td|th|li|p|div|br|summary)\b)""", RegexOptions.Singleline)]
    private static partial Regex Unread();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
