using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>A page with every kind of content in a browser: desktop, phone, dark mode and print.</summary>
public sealed class BookInBrowserTests
{
    private static readonly string Everything = Path.Combine(AppContext.BaseDirectory, "Book", "everything");

    [BookInBrowserFact]
    public async Task A_page_with_every_kind_of_content_renders_without_faults()
    {
        using var book = new PublishedBook(Everything);

        string[] faults = [.. BookLinks.FindFaults(book.Folder), .. await BookInspection.FindFaultsAsync(book.Pages, isThorough: true)];

        Assert.True(faults.Length == 0, string.Join("\n", faults));
    }
}
