using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>What a search finds in a code cell: its code, and the words that it shows in boxes, tables and figures.</summary>
internal static class CellEntries
{
    /// <param name="cell">A code cell.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="anchor">The cell's id in the page.</param>
    /// <param name="heading">The heading that it stands under.</param>
    public static IEnumerable<SearchEntry> Of(NotebookCell cell, IReadOnlyList<CellOutput> outputs, string anchor, string heading)
    {
        yield return new SearchEntry(anchor, heading, SearchIndex.OneLine(cell.Source), "code");
        foreach (var words in outputs.Select(NotebookFigures.Forms).OfType<MimeBundle>().Select(Words).Where(words => words.Length > 0))
        {
            yield return new SearchEntry(anchor, heading, words, "output");
        }
    }

    private static string Words(MimeBundle data) =>
        data.Text(MimeBundle.Svg) is { } svg ? SearchIndex.OneLine(SvgFace.Description(svg))
        : data.Text(MimeBundle.Html) is { } html ? SearchIndex.Words(html)
        : "";
}
