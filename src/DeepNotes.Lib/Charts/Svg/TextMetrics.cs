using System.Text;

namespace DeepNotes;

/// <summary>
/// Widths of text, estimated from the metrics of Helvetica, so that the layout does not depend on the fonts of the machine.
/// </summary>
internal static class TextMetrics
{
    public static double Width(string text, double size, bool bold = false) =>
        text.EnumerateRunes().Sum(Advance) * size * (bold ? 1.06 : 1);

    /// <summary>The text, truncated with an ellipsis if it is wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }
        var kept = new StringBuilder();
        var used = size;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Advance(rune) * size;
            if (used > width)
            {
                break;
            }
            kept.Append(rune);
        }
        return kept.ToString().TrimEnd() + "…";
    }

    /// <summary>Wraps text into lines of at most the given width, at spaces and between Chinese characters.</summary>
    public static IReadOnlyList<string> Wrap(string? text, double size, double width, bool bold = false)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var piece in Pieces(text ?? ""))
        {
            if (line.Length > 0 && Width(line + piece.TrimEnd(), size, bold) > width)
            {
                lines.Add(line.TrimEnd());
                line = "";
            }
            line += piece;
        }
        if (line.Trim().Length > 0)
        {
            lines.Add(line.TrimEnd());
        }
        return lines;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsWide(rune) && piece.Length > 0)
            {
                yield return piece.ToString();
                piece.Clear();
            }
            var isSpace = Rune.IsWhiteSpace(rune);
            piece.Append(isSpace ? " " : rune.ToString());
            if (isSpace || IsWide(rune))
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }
        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static bool IsWide(Rune rune) => rune.Value >= 0x2E80;

    private static double Advance(Rune rune) => rune.Value switch
    {
        >= 0x2E80 => 1,
        >= '⁰' and <= '⁹' or '⁻' or '¹' or '²' or '³' => 0.35,
        >= '0' and <= '9' => 0.556,
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '·' => 0.26,
        ' ' or 'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' => 0.32,
        'm' or 'M' or 'w' or 'W' or '%' or '@' or '—' or '…' or '→' => 0.88,
        _ => Rune.IsUpper(rune) ? 0.69 : 0.54,
    };
}
