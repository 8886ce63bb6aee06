using DeepNotes.Notebooks.Book;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class PageIdsTests
{
    [Fact]
    public void Ids_are_valid_and_unique()
    {
        var ids = new PageIds();

        Assert.Equal(["a-b", "a-b-1", "a-b-2", "content-1"], new[] { "a b", "a\ud800b", "a\u0001b", "content" }.Select(ids.Claim));
    }
}
