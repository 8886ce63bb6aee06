using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>nbformat's multi-line strings: a string, or a list of lines that keep their line feeds.</summary>
public static class NotebookText
{
    /// <summary>The text of a string or of a list of lines; any other JSON as its own text.</summary>
    public static string Join(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(Join)),
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => node.ToJsonString(),
    };

    /// <summary>Lines with their line feeds, as Jupyter saves them: small differences in a version history.</summary>
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

    /// <summary>Text from a file for a message: without line ends and terminal sequences, and not longer than a name.</summary>
    public static string Shown(string text)
    {
        const int Longest = 64;
        var printable = string.Concat(text.Take(Longest).Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length > Longest ? printable + "…" : printable;
    }
}
