using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Notebooks.Tests.Jupyter.Requests;

public class CodePointsTests
{
    [Theory]
    [InlineData("abc", 0, 0)]
    [InlineData("abc", 2, 2)]
    [InlineData("𝑥yz", 1, 2)]
    [InlineData("a𝑥𝑥b", 3, 5)]
    [InlineData("\ud835x", 1, 1)]
    public void Positions_around_surrogate_pairs_are_converted(string text, int codePoints, int index)
    {
        Assert.Equal(index, CodePoints.ToIndex(text, codePoints));
        Assert.Equal(codePoints, CodePoints.FromIndex(text, index));
    }

    [Fact]
    public void Beyond_the_end_is_the_end() => Assert.Equal(3, CodePoints.ToIndex("𝑥y", 99));
}
