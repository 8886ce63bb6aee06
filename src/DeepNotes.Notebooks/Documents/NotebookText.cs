using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Documents;

/// <summary>nbformat's multi-line strings: a string, or a list of lines that keep their line feeds.</summary>
public static partial class NotebookText
{
    /// <summary>The text of a string or of a list of lines; any other JSON as its serialised text.</summary>
    public static string Join(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => Join(lines),
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => node.ToJsonString(),
    };

    /// <summary>
    /// Text as a terminal shows it: a carriage return overwrites the line, a backspace deletes a character. Clients render the
    /// raw control characters differently.
    /// </summary>
    public static string OnTerminal(string text) => ApplyBackspaces(
        text.Contains('\r', StringComparison.Ordinal) ? Overwritten().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "") : text);

    /// <summary>Lines with their line feeds, as Jupyter saves them, so that version histories show small differences.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    /// <summary>Text from a file for a message: without line endings and control characters, and shortened to 64 characters.</summary>
    public static string Shown(string text)
    {
        const int Longest = 64;
        var printable = string.Concat(text.Take(Longest).Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length > Longest ? printable + "…" : printable;
    }

    // The length is computed first: a growing buffer would hold several copies of a long text.
    private static string Join(JsonArray lines) => string.Create(lines.Sum(line => Join(line).Length), lines, (text, lines) =>
    {
        foreach (var line in lines.Select(Join))
        {
            line.CopyTo(text);
            text = text[line.Length..];
        }
    });

    private static string ApplyBackspaces(string text)
    {
        if (!text.Contains('\b', StringComparison.Ordinal))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character != '\b')
            {
                kept.Append(character);
            }
            else if (kept.Length > 0 && kept[^1] != '\n')
            {
                kept.Length--;
            }
        }

        return kept.ToString();
    }

    [GeneratedRegex(@"[^\n]*\r(?=[^\r\n])")]
    private static partial Regex Overwritten();
}
