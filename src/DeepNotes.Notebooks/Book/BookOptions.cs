using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>The output folder and inputs of a book.</summary>
public sealed record BookOptions
{
    /// <summary>An empty or missing folder, or one with an earlier book of DeepNotes.</summary>
    public required string OutputFolder { get; init; }

    public string Title { get; init; } = "DeepNotes";

    /// <summary>One sentence under the title of the contents page, as Markdown.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The source of KaTeX, plotly.js and MiniSearch: packages beside the pages, or a CDN.</summary>
    public FrontEnd FrontEnd { get; init; } = FrontEnd.FromCdn();

    /// <summary>A folder with topics.tsv, notation.tsv and glossary.tsv, from which index pages are made; missing files are skipped.</summary>
    public string? ListsFolder { get; init; }

    /// <summary>Assemblies that the cells use, so that their types are highlighted; missing ones are ignored.</summary>
    public IReadOnlyList<string> CompileReferences { get; init; } = [];

    /// <summary>Runs made on this machine, by chapter name: each page states how many of its claims hold here.</summary>
    public IReadOnlyDictionary<string, NotebookDocument> Checks { get; init; } = new Dictionary<string, NotebookDocument>();

    /// <summary>A cache of highlighted cells; null for none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The repository's URL, the target of links out of the notebooks' folder; without it they become plain text.</summary>
    public string? RepositoryAddress { get; init; }

    public string RepositoryLinkText { get; init; } = "Source";
}

/// <param name="IndexPage">The contents page, to open in a browser.</param>
/// <param name="Pages">All pages, the contents first.</param>
/// <param name="WrittenFiles">How many files differed from the last publication and were written.</param>
/// <param name="Notes">One line for each missing input and its consequence.</param>
/// <param name="Failures">One line for each chapter that is left out and each cell that is shown as source; empty on success.</param>
public sealed record BookResult(
    string IndexPage, IReadOnlyList<string> Pages, int WrittenFiles, IReadOnlyList<string> Notes, IReadOnlyList<string> Failures);

/// <summary>The book cannot be published; the old one is still in place.</summary>
public sealed class BookException(string message, Exception? inner = null) : Exception(message, inner);
