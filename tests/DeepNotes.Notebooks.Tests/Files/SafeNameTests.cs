using DeepNotes.Notebooks.Files;

namespace DeepNotes.Notebooks.Tests.Files;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("04")]
    [InlineData("curves-2")]
    [InlineData("my figure")]
    [InlineData("交叉熵")]
    [InlineData("Übung")]
    [InlineData("a.b")]
    public void A_name_that_every_file_system_takes_stays(string text) => Assert.Equal(text, SafeName.Of(text));

    private static readonly string[] Texts =
    [
        "", ".", "..", "...", " ", "../../x", "..\\x", "/etc/passwd", "C:\\x", "a/b", "a:b", "a\0b", "a\nb", "a\tb", "x.", "x ", " x", ".git",
        "con", "NUL", "com1.svg", "lpt9", "COM¹", "con .x", "a\u202egnp", "a\u200bb", "\ud83d", "a*b?", "e\u0301", "<b>\"|", new('x', 500), new('é', 200), "\u2028",
    ];

    public static TheoryData<string> Unsafe => [.. Texts];

    [Theory]
    [MemberData(nameof(Unsafe))]
    public void Any_other_text_becomes_a_valid_path_segment(string text)
    {
        var name = SafeName.Of(text);

        Assert.NotEqual(text, name);
        Assert.Matches(@"^[^<>:""/\\|?*\p{C}\u2028]{1,140}$", name);
        Assert.DoesNotMatch(@"^(?:\.|\s)|(?:\.|\s)$|^(?i:con|nul|com[1¹]|lpt9)(?:\.|$)", name);
        Assert.Equal(Path.GetFullPath("/root/" + name), "/root/" + name);
        Assert.True(SafeName.IsSafe(name), name);
    }

    [Fact]
    public void Different_texts_give_different_names() =>
        Assert.Equal(Texts.Length, Texts.Select(text => NameRegister.Key(SafeName.Of(text))).Distinct().Count());
}
