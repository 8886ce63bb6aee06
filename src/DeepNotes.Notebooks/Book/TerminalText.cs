using System.Text;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// Converts text with terminal escape sequences to HTML: colours become classes of book.css, all other sequences are
/// removed. No span crosses a line ending, so that lines can be collapsed.
/// </summary>
internal static partial class TerminalText
{
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var style = default(TerminalStyle);
        var position = 0;
        text = NotebookText.OnTerminal(text).ReplaceLineEndings("\n");
        foreach (Match sequence in Sequence().Matches(text))
        {
            Append(html, text[position..sequence.Index], style.Classes);
            style = sequence.Groups["codes"] is { Success: true } codes ? style.After(codes.Value) : style;
            position = sequence.Index + sequence.Length;
        }

        Append(html, text[position..], style.Classes);
        return html.ToString();
    }

    public static string Plain(string text) => Sequence().Replace(NotebookText.OnTerminal(text), "");

    private static void Append(StringBuilder html, string text, string classes)
    {
        if (classes.Length == 0)
        {
            html.Append(Html.Escape(text));
            return;
        }

        html.AppendJoin('\n', text.Split('\n').Select(line => line.Length == 0 ? "" : $"<span class=\"{classes}\">{Html.Escape(line)}</span>"));
    }

    // SGR; other CSI sequences; OSC (titles and links); other escapes; and control characters.
    [GeneratedRegex(@"\x1B\[(?<codes>[0-9;:]*)m|\x1B\[[0-?]*[ -/]*[@-~]?|\x1B\][^\x07\x1B\n]*(?:\x07|\x1B\\)?|\x1B[ -/]*[0-~]?|[\x00-\x08\x0B-\x1A\x1C-\x1F\x7F]")]
    private static partial Regex Sequence();
}
