namespace DeepNotes.Notebooks.Book;

/// <summary>The figures of a cell as files of the book, under the names that the figures command gives them.</summary>
internal sealed class FigureFiles(string chapter, string cellId)
{
    private readonly List<KeyValuePair<string, string>> _drawings = [];

    /// <summary>Each SVG by its path in the book.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Drawings => _drawings;

    /// <returns>The path in the book: figures/04/curves.svg, the cell's second figure figures/04/curves-2.svg.</returns>
    public string Add(string svg)
    {
        var path = $"figures/{chapter}/{cellId}{(_drawings.Count == 0 ? "" : $"-{_drawings.Count + 1}")}.svg";
        _drawings.Add(new(path, svg));
        return path;
    }
}
