using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Opens every page of a book as a reader does: on a desk, on a phone, in the dark, on paper.</summary>
public sealed class BookInBrowserTests
{
    private static readonly string Everything = Path.Combine(AppContext.BaseDirectory, "Book", "everything");

    private static readonly bool IsEveryChapterOpened = Environment.GetEnvironmentVariable("DEEPNOTES_CHAPTERS") == "all";

    [BookInBrowserFact]
    public Task A_page_with_every_kind_of_content_is_drawn_without_a_fault() => FindFaults(Everything, isThorough: true);

    [BookInBrowserFact]
    public Task The_notebooks_of_the_repository_are_drawn_without_a_fault() => FindFaults(Repository.Notebooks, isThorough: IsEveryChapterOpened);

    private const int Lists = 5; // questions, verdicts, notation, glossary, coverage

    private static async Task FindFaults(string notebooks, bool isThorough)
    {
        var chapters = Directory.Exists(notebooks)
            ? Directory.GetFiles(notebooks, "*.ipynb").Order(StringComparer.Ordinal).Select(NotebookDocument.Load).ToList()
            : [];
        if (chapters.Count == 0)
        {
            return; // a repository whose chapters are not written yet
        }

        using var folder = new TemporaryFolder();
        var result = BookPublisher.Publish(chapters, new BookOptions
        {
            OutputFolder = folder["book"],
            ListsFolder = notebooks,
            FrontEnd = FrontEndPackages.Install(Repository.Npm),
            RepositoryAddress = "https://example.org/deepnotes",
        });

        string[] pages = isThorough ? [.. result.Pages] : [.. Sample(result.Pages, chapters.Count)];
        string[] faults = [.. BookLinks.FindFaults(folder["book"]), .. await BookInspection.FindFaultsAsync(pages, isThorough)];

        Assert.True(faults.Length == 0, string.Join("\n", faults));
        Assert.Equal(chapters.Count + 1 + Lists, result.Pages.Count);
    }

    // Three chapters, whatever their number, and the lists: minutes for the whole book, which DEEPNOTES_CHAPTERS=all opens.
    private static IEnumerable<string> Sample(IReadOnlyList<string> pages, int chapters)
    {
        var isOpened = new[] { 0, chapters / 2, chapters - 1 };
        return pages.Where((_, index) => index == 0 || index > chapters || isOpened.Contains(index - 1));
    }
}
