namespace DeepNotes.Notebooks.Book;

/// <summary>A chapter as HTML, ready for the page template.</summary>
internal sealed record Chapter
{
    /// <summary>The notebook's file name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>"04", "11a"; empty for a notebook without a number.</summary>
    public required string Number { get; init; }

    /// <summary>"11" for 11a and 11b, which are one topic in two notebooks.</summary>
    public string NumberWithoutLetter => Number.TrimEnd('a', 'b', 'c', 'd');

    /// <summary>Inline HTML, as are the summary and the headings' texts.</summary>
    public required string Title { get; init; }

    public required string Summary { get; init; }

    /// <summary>The notebook file, offered for download.</summary>
    public required byte[] Source { get; init; }

    public required string Body { get; init; }

    public required IReadOnlyList<ChapterHeading> Headings { get; init; }

    public required int Minutes { get; init; }

    public required bool IsDraft { get; init; }

    /// <summary>The first figure's path in the book, shown on the contents page.</summary>
    public required string? Figure { get; init; }

    /// <summary>Additional files, by their path in the book.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    /// <summary>The run shown and the claims checked, as span elements.</summary>
    public string Provenance { get; init; } = "";

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<ProvenTopic> Proven { get; init; }

    public required IReadOnlyList<Card> Cards { get; init; }

    /// <summary>The chapter's search entries.</summary>
    public required IReadOnlyList<SearchEntry> Entries { get; init; }

    /// <summary>Cells that failed to render, one line each.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>The file name of its page, unique in the book.</summary>
    public required string Page { get; init; }

    public string Address => Uri.EscapeDataString(Page);

    /// <summary>The notebook's own path in the book.</summary>
    public string Notebook => NotebookOf(Page);

    public static string NotebookOf(string page) => $"notebooks/{Path.ChangeExtension(page, ".ipynb")}";

    /// <summary>Whether a chart is of a type that the cartesian bundle of plotly.js does not support.</summary>
    public required bool NeedsAllOfPlotly { get; init; }

    public bool HasFormulas => Body.Contains(Formula.Marker, StringComparison.Ordinal) || Title.Contains(Formula.Marker, StringComparison.Ordinal);
}

internal sealed record ChapterHeading(int Level, string Id, string Text);
