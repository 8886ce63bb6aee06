using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>The book of the repository's chapters, published once for all tests.</summary>
public sealed class RepositoryBookTests(RepositoryBookTests.RepositoryBook repository) : IClassFixture<RepositoryBookTests.RepositoryBook>
{
    private const int Lists = 5; // questions, verdicts, notation, glossary, coverage

    private readonly PublishedBook _book = repository.Book;

    [Fact]
    public void There_is_a_page_for_each_chapter_the_contents_and_each_list() =>
        Assert.Equal(_book.ChapterCount + 1 + Lists, _book.Pages.Count);

    [Fact]
    public void Every_page_is_smaller_than_500_kB() => Assert.All(_book.Pages, page => Assert.InRange(new FileInfo(page).Length, 1, 500_000));

    [Fact]
    public void Every_link_resolves() => Assert.Empty(BookLinks.FindFaults(_book.Folder));

    [BookInBrowserFact]
    public async Task Pages_render_without_faults()
    {
        var chapters = _book.Pages.Skip(1).Take(_book.ChapterCount).ToList();
        string[] pages = [_book.Pages[0], .. ChapterFiles.Tested(chapters), .. _book.Pages.Skip(1 + _book.ChapterCount)];

        var faults = await BookInspection.FindFaultsAsync(pages, isThorough: ChapterFiles.IsEveryOneTested);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    public sealed class RepositoryBook : IDisposable
    {
        internal PublishedBook Book { get; } = new(Repository.Notebooks);

        public void Dispose() => Book.Dispose();
    }
}
