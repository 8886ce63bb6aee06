using DeepNotes.Notebooks.Book;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m plain", "<span class=\"ansi-red\">red</span> plain")]
    [InlineData("\u001b[0;32m<a>\u001b[39m & b", "<span class=\"ansi-green\">&lt;a&gt;</span> &amp; b")]
    [InlineData("\u001b[1;34mx\u001b[22my\u001b[my", "<span class=\"ansi-blue ansi-bold\">x</span><span class=\"ansi-blue\">y</span>y")]
    [InlineData("\u001b[90mx\u001b[30my\u001b[97mz", "<span class=\"ansi-gray\">x</span>yz")]
    [InlineData("\u001b[38;5;196mx\u001b[38;5;28mx\u001b[38;5;27mx\u001b[38;5;245mx", "<span class=\"ansi-red\">x</span><span class=\"ansi-green\">x</span><span class=\"ansi-blue\">x</span>x")]
    [InlineData("\u001b[38;2;200;190;20;3mx", "<span class=\"ansi-yellow ansi-italic\">x</span>")]
    [InlineData("\u001b[38:2:200:20:190mx", "<span class=\"ansi-magenta\">x</span>")]
    [InlineData("\u001b[43;31mx\u001b[49mx\u001b[48;5;16mx", "<span class=\"ansi-red ansi-mark\">x</span><span class=\"ansi-red\">x</span><span class=\"ansi-red\">x</span>")]
    [InlineData("\u001b[7mx\u001b[27m\u001b[4my", "<span class=\"ansi-mark\">x</span><span class=\"ansi-underline\">y</span>")]
    public void A_terminals_colours_are_classes(string text, string html) => Assert.Equal(html, TerminalText.ToHtml(text));

    [Fact]
    public void No_colour_crosses_a_line_end() => Assert.Equal(
        "<span class=\"ansi-red\">a</span>\n\n<span class=\"ansi-red\">b</span>\nc", TerminalText.ToHtml("\u001b[31ma\n\nb\u001b[0m\nc"));

    [Theory]
    [InlineData("\u001b[2K\u001b[?25la\u001b[1A\u001b[>4;2mb", "ab")]
    [InlineData("\u001b]8;;javascript:alert(1)\u0007link\u001b]8;;\u001b\\ \u001b]0;title\u0007x", "link x")]
    [InlineData("a\u001b(Bb\u001b", "ab")]
    [InlineData("a\0b\u0001c", "abc")]
    [InlineData("\u001b[99999999999999999999mx\u001b[38mx\u001b[38;5mx\u001b[38;2;1mx", "xxxx")]
    [InlineData("\u001b[31\"onload=1mx", "nload=1mx")]
    public void Other_sequences_are_left_out(string text, string shown) => Assert.Equal(
        System.Net.WebUtility.HtmlEncode(shown), TerminalText.ToHtml(text));

    [Theory]
    [InlineData(" 10%\r 50%\r100%\ndone", "100%\ndone")]
    [InlineData("a\r\nb\r", "a\nb\n")]
    [InlineData("1/9\b\b\b9/9\n\bx", "9/9\nx")]
    public void A_line_that_was_written_over_shows_what_stands_there_last(string text, string html) => Assert.Equal(html, TerminalText.ToHtml(text));
}
