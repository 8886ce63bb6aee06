using DeepNotes.Notebooks.Book;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class PageIdsTests
{
    [Fact]
    public void An_id_can_be_linked_to_and_written_and_is_given_once()
    {
        var ids = new PageIds();

        Assert.Equal(["a-b", "a-b-1", "a-b-2", "content-1"], new[] { "a b", "a\ud800b", "a\u0001b", "content" }.Select(ids.Claim));
    }
}
