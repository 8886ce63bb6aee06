using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Opens every page of a book as a reader does: on a desk, on a phone, in the dark, on paper.</summary>
public sealed class BookInBrowserTests
{
    private static readonly string Everything = Path.Combine(AppContext.BaseDirectory, "Book", "everything");

    [BookInBrowserFact]
    public Task A_page_with_every_kind_of_content_is_drawn_without_a_fault() => FindFaults(Everything, isThorough: true);

    [BookInBrowserFact]
    public Task The_notebooks_of_the_repository_are_drawn_without_a_fault() =>
        FindFaults(Repository.Notebooks, isThorough: Environment.GetEnvironmentVariable("DEEPNOTES_CHAPTERS") == "all");

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

        string[] faults = [.. BookLinks.FindFaults(folder["book"]), .. await BookInspection.FindFaultsAsync(result.Pages, isThorough)];

        Assert.True(faults.Length == 0, string.Join("\n", faults));
        Assert.Equal(chapters.Count + 1 + Lists, result.Pages.Count);
    }
}
