using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>The book of the repository's chapters, made once for all tests of it.</summary>
public sealed class RepositoryBookTests(RepositoryBookTests.RepositoryBook book) : IClassFixture<RepositoryBookTests.RepositoryBook>
{
    private const int Lists = 5; // questions, verdicts, notation, glossary, coverage

    [Fact]
    public void It_has_a_page_for_each_chapter_the_contents_and_each_list() =>
        Assert.Equal(book.ChapterCount + 1 + Lists, book.Pages.Count);

    [Fact]
    public void No_page_has_500_kB() => Assert.All(book.Pages, page => Assert.InRange(new FileInfo(page).Length, 1, 500_000));

    [Fact]
    public void Its_links_lead_somewhere() => Assert.Empty(BookLinks.FindFaults(book.Folder));

    [BookInBrowserFact]
    public async Task Pages_are_drawn_without_a_fault()
    {
        var chapters = book.Pages.Skip(1).Take(book.ChapterCount).ToList();
        string[] pages = [book.Pages[0], .. Chapters.Tested(chapters), .. book.Pages.Skip(1 + book.ChapterCount)];

        var faults = await BookInspection.FindFaultsAsync(pages, isThorough: Chapters.IsEveryOneTested);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    public sealed class RepositoryBook : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public RepositoryBook()
        {
            var chapters = Chapters.PathsIn(Repository.Notebooks).Select(NotebookDocument.Load).ToList();
            (ChapterCount, Pages) = (chapters.Count, BookPublisher.Publish(chapters, new BookOptions
            {
                OutputFolder = Folder,
                ListsFolder = Repository.Notebooks,
                FrontEnd = FrontEndPackages.Install(Repository.Npm),
                RepositoryAddress = "https://example.org/deepnotes",
            }).Pages);
        }

        public string Folder => _folder["book"];

        public int ChapterCount { get; }

        public IReadOnlyList<string> Pages { get; }

        public void Dispose() => _folder.Dispose();
    }
}
