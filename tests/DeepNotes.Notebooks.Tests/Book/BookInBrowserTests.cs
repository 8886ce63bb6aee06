using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Opens a page with every kind of content as a reader does: on a desk, on a phone, in the dark, on paper.</summary>
public sealed class BookInBrowserTests
{
    private static readonly string Everything = Path.Combine(AppContext.BaseDirectory, "Book", "everything");

    [BookInBrowserFact]
    public async Task A_page_with_every_kind_of_content_is_drawn_without_a_fault()
    {
        using var book = new PublishedBook(Everything);

        string[] faults = [.. BookLinks.FindFaults(book.Folder), .. await BookInspection.FindFaultsAsync(book.Pages, isThorough: true)];

        Assert.True(faults.Length == 0, string.Join("\n", faults));
    }
}
