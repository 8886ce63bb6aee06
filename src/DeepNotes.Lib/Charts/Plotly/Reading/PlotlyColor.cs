using System.Drawing;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepNotes;

/// <summary>Parses a CSS colour: <c>#rrggbb</c>, <c>rgb(…)</c>, <c>rgba(…)</c>, or a name.</summary>
internal static partial class PlotlyColor
{
    /// <summary>The colour as <c>#rrggbb</c> and its opacity; null if the value is not a single colour.</summary>
    public static (string Hex, double Opacity)? Of(JsonNode? node)
    {
        var text = PlotlyValues.String(node)?.Trim().ToLowerInvariant() ?? "";
        if (Digits().IsMatch(text))
        {
            return (text.Length == 4 ? $"#{text[1]}{text[1]}{text[2]}{text[2]}{text[3]}{text[3]}" : text[..7], 1);
        }
        if (Function().Match(text) is { Success: true } parts)
        {
            int Channel(int group) => (int)Math.Clamp(double.Parse(parts.Groups[group].Value, CultureInfo.InvariantCulture), 0, 255);
            var opacity = parts.Groups[4].Success ? double.Parse(parts.Groups[4].Value, CultureInfo.InvariantCulture) : 1;
            return (ColorRamp.Hex(Channel(1) << 16 | Channel(2) << 8 | Channel(3)), Math.Clamp(opacity, 0, 1));
        }
        return Color.FromName(text) is { IsKnownColor: true, IsSystemColor: false, A: > 0 } known
            ? (ColorRamp.Hex(known.ToArgb() & 0xffffff), 1)
            : null;
    }

    [GeneratedRegex("^#([0-9a-f]{3}|[0-9a-f]{6}([0-9a-f]{2})?)$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)$")]
    private static partial Regex Function();
}
