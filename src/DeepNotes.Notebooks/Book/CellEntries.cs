using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>Search entries of a code cell: its visible code, and the words of its outputs.</summary>
internal static class CellEntries
{
    private const int MaxStreamOutputs = 200;

    /// <param name="cell">A code cell.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="anchor">The cell's id in the page.</param>
    /// <param name="heading">The heading above it.</param>
    /// <param name="isFolded">Whether the page collapses the code, which is then not indexed.</param>
    public static IEnumerable<SearchEntry> Of(NotebookCell cell, IReadOnlyList<CellOutput> outputs, string anchor, string heading, bool isFolded)
    {
        if (!isFolded)
        {
            yield return new SearchEntry(anchor, heading, SearchIndex.OneLine(cell.Source), "code");
        }

        // Only the beginning, where a stream consists of very many outputs.
        var stream = string.Concat(outputs.OfType<StreamOutput>().Take(MaxStreamOutputs).Select(output => SearchIndex.Beginning(output.Text)));
        if (SearchIndex.OneLine(TerminalText.Plain(SearchIndex.Beginning(stream))) is { Length: > 0 } said)
        {
            yield return new SearchEntry(anchor, heading, said, "output");
        }

        foreach (var words in outputs.Select(NotebookFigures.Forms).OfType<MimeBundle>().Select(Words).Where(words => words.Length > 0))
        {
            yield return new SearchEntry(anchor, heading, words, "output");
        }
    }

    private static string Words(MimeBundle data) =>
        data.Text(MimeBundle.Svg) is { } svg ? SearchIndex.OneLine(SvgFace.Description(svg))
        : data.Text(MimeBundle.Html) is { } html ? SearchIndex.Words(html)
        : data.Text(MimeBundle.Markdown) is { } markdown ? SearchIndex.Words(MarkdownDialect.Render(MarkdownDialect.Parse(SearchIndex.Beginning(markdown))))
        : data.Text(MimeBundle.PlainText) is { } text ? SearchIndex.OneLine(TerminalText.Plain(SearchIndex.Beginning(text)))
        : "";
}
