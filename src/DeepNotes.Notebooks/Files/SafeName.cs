using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeepNotes.Notebooks.Files;

/// <summary>
/// File names made of text that a notebook brings along. What every file system takes as it is stays as it is;
/// anything else is replaced and marked with a hash of the text, so that two texts do not become one name.
/// </summary>
public static class SafeName
{
    // A file system allows 255 bytes; what follows may be an ending, a number and a temporary suffix.
    private const int MaxBytes = 180;
    private const int KeptOfLonger = 120;

    private const string Refused = "<>:\"/\\|?*";

    private static readonly HashSet<string> Reserved = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "0123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="text">Any text.</param>
    /// <param name="fallback">What the name begins with when nothing of the text can be kept.</param>
    /// <returns>One path segment that Windows, macOS and Linux accept; never empty, "." or "..".</returns>
    public static string Of(string text, string fallback = "unnamed")
    {
        var kept = Shorten(Replace(text).Trim('.', ' '));
        var name = kept.Length == 0 ? fallback : IsReserved(kept) ? $"_{kept}" : kept;
        return name == text ? name : $"{name}-{Hash(text)}";
    }

    /// <summary>Whether a text can be a path segment as it is.</summary>
    public static bool IsSafe(string text) => Of(text) == text;

    /// <summary>Eight hexadecimal digits that tell one text from another.</summary>
    internal static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)))[..8];

    private static string Replace(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes()) // half a surrogate pair comes as U+FFFD
        {
            kept.Append(IsKept(rune) ? rune.ToString() : "-");
        }

        return kept.ToString();
    }

    // Format characters turn the direction of a name around, or can't be seen at all.
    private static bool IsKept(Rune rune) =>
        rune != Rune.ReplacementChar && !IsPart(rune.Value)
        && !(rune.IsAscii && Refused.Contains((char)rune.Value))
        && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    // Parts that some file systems join to one character with what is before them: accents, Korean letters, Japanese
    // voicing marks. Without tables (the program runs with invariant globalization) .NET does not join them.
    private static bool IsPart(int character) => character is (>= 0x300 and <= 0x36f) or (>= 0x1100 and <= 0x11ff) or 0x3099 or 0x309a;

    private static string Shorten(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
        {
            return text;
        }

        var (bytes, end) = (0, 0);
        foreach (var rune in text.EnumerateRunes().TakeWhile(rune => (bytes += rune.Utf8SequenceLength) <= KeptOfLonger))
        {
            end += rune.Utf16SequenceLength;
        }

        return text[..end].TrimEnd('.', ' ');
    }

    // Windows looks at what is before the first dot: "nul.svg" is the device too.
    private static bool IsReserved(string name) => Reserved.Contains(name.Split('.')[0].TrimEnd(' '));
}
