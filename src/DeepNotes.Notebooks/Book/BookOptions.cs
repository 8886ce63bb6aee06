using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>Where a book goes and what it is made with.</summary>
public sealed record BookOptions
{
    /// <summary>An empty or missing folder, or one that holds an earlier book of ours.</summary>
    public required string OutputFolder { get; init; }

    public string Title { get; init; } = "DeepNotes";

    /// <summary>One sentence under the title of the contents page, as Markdown.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Where formulas and interactive charts come from: packages beside the pages, or a CDN.</summary>
    public FrontEnd FrontEnd { get; init; } = FrontEnd.FromCdn();

    /// <summary>A folder with topics.tsv, notation.tsv and glossary.tsv, of which pages are made; what is missing is left out.</summary>
    public string? ListsFolder { get; init; }

    /// <summary>Assemblies that the cells use, so that their types are coloured; missing ones are left out.</summary>
    public IReadOnlyList<string> CompileReferences { get; init; } = [];

    /// <summary>Runs made on this machine by the chapters' names: each page says how many of its claims hold there.</summary>
    public IReadOnlyDictionary<string, NotebookDocument> Checks { get; init; } = new Dictionary<string, NotebookDocument>();

    /// <summary>Keeps the coloured cells between two publications; null colours anew each time.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The repository's web address; links out of the notebooks' folder lead there, or are left as text.</summary>
    public string? RepositoryAddress { get; init; }

    public string RepositoryLinkText { get; init; } = "Source";
}

/// <param name="IndexPage">The contents page, to open in a browser.</param>
/// <param name="Pages">All pages, the contents first.</param>
/// <param name="WrittenFiles">How many files differed from the last publication and were written.</param>
/// <param name="Notes">One line each on what is missing and what is lost by it.</param>
/// <param name="Failures">One line each on a chapter that is left out, or a cell that stands in its page as source; empty when all went well.</param>
public sealed record BookResult(
    string IndexPage, IReadOnlyList<string> Pages, int WrittenFiles, IReadOnlyList<string> Notes, IReadOnlyList<string> Failures);

/// <summary>Why a book can't be published; the old one is still in place.</summary>
public sealed class BookException(string message, Exception? inner = null) : Exception(message, inner);
