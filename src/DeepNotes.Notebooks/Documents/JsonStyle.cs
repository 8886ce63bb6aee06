using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace DeepNotes.Notebooks.Documents;

/// <summary>The layout of a JSON text, for what is inserted into it: Jupyter's one space, tabs, or a single line.</summary>
/// <param name="NewLine">The line ending; empty for a text on one line.</param>
/// <param name="Indent">One level of indentation.</param>
/// <param name="Comma">The separator of two members, before the new line.</param>
/// <param name="Colon">The separator of name and value.</param>
/// <param name="IsAscii">True where non-ASCII characters are escaped as \uXXXX.</param>
internal sealed record JsonStyle(string NewLine, string Indent, string Comma, string Colon, bool IsAscii)
{
    /// <summary>The style of a text, inferred from its first two members.</summary>
    public static JsonStyle Of(JsonElement root)
    {
        var raw = JsonMarshal.GetRawUtf8Value(root);
        var isAscii = IsEscaped(raw);
        if (root.ValueKind != JsonValueKind.Object || !root.EnumerateObject().Any())
        {
            return new("\n", " ", ",", ": ", isAscii);
        }

        var first = root.EnumerateObject().First();
        var name = JsonMarshal.GetRawUtf8PropertyName(first);
        var value = JsonMarshal.GetRawUtf8Value(first.Value);
        raw.Overlaps(name, out var nameStart);
        raw.Overlaps(value, out var valueStart);
        var lead = Encoding.ASCII.GetString(raw[1..(nameStart - 1)]);
        var colon = raw[(nameStart + name.Length + 1)..valueStart].Length > 1 ? ": " : ":";
        var feed = lead.LastIndexOf('\n');
        if (feed >= 0)
        {
            return new(lead.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n", lead[(feed + 1)..], ",", colon, isAscii);
        }

        var rest = raw[(valueStart + value.Length)..];
        return new("", "", rest.StartsWith(", "u8) ? ", " : ",", colon, isAscii);
    }

    /// <summary>The separator and indentation before a member or an item.</summary>
    public string Before(int index, int depth) => (index > 0 ? Comma : "") + Close(depth);

    /// <summary>The indentation before a closing bracket.</summary>
    public string Close(int depth) => NewLine.Length == 0 ? "" : NewLine + string.Concat(Enumerable.Repeat(Indent, depth));

    /// <summary>A string as Python's json module writes it; an unpaired surrogate is always escaped.</summary>
    public string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsSurrogatePair(text, i);
            _ = text[i] switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                var other when other < ' ' || (IsAscii && other > '~') || (char.IsSurrogate(other) && !isPair) =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)other:x4}"),
                var other => quoted.Append(other),
            };
            if (isPair && !IsAscii)
            {
                quoted.Append(text[++i]);
            }
        }

        return quoted.Append('"').ToString();
    }

    // An escaped letter shows that the text is ASCII only, unless it is an unpaired surrogate, which is always escaped.
    private static bool IsEscaped(ReadOnlySpan<byte> text)
    {
        if (!Ascii.IsValid(text))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || ++i >= text.Length || text[i] != 'u')
            {
                continue;
            }

            var unit = CodeUnit(text, i);
            if ((unit >= '\u0080' && !char.IsSurrogate(unit)) || (i + 6 < text.Length && text[i + 5] == '\\' && char.IsSurrogatePair(unit, CodeUnit(text, i + 6))))
            {
                return true;
            }
        }

        return false;
    }

    private static char CodeUnit(ReadOnlySpan<byte> text, int u) =>
        ushort.TryParse(text.Slice(u + 1, Math.Min(4, text.Length - u - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '\0';
}
