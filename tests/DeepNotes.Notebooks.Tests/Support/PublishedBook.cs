using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>The book of a folder of notebooks, with front-end packages and links to a repository; deleted on disposal.</summary>
internal sealed class PublishedBook : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PublishedBook(string notebooks)
    {
        var chapters = ChapterFiles.In(notebooks).Select(NotebookDocument.Load).ToList();
        (ChapterCount, Pages) = (chapters.Count, BookPublisher.Publish(chapters, new BookOptions
        {
            OutputFolder = Folder,
            ListsFolder = notebooks,
            FrontEnd = FrontEndPackages.Install(Repository.Npm),
            RepositoryAddress = "https://example.org/deepnotes",
        }).Pages);
    }

    public string Folder => _folder["book"];

    public int ChapterCount { get; }

    /// <summary>The paths of the contents, the chapters and the index pages, in this order.</summary>
    public IReadOnlyList<string> Pages { get; }

    public void Dispose() => _folder.Dispose();
}
