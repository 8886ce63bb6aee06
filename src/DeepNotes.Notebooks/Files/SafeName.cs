using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeepNotes.Notebooks.Files;

/// <summary>
/// Creates file names from text in a notebook. Text that is a valid name on every file system is unchanged; otherwise
/// invalid characters are replaced and a hash of the text is appended, so that different texts give different names.
/// </summary>
public static class SafeName
{
    // File systems allow 255 bytes; the rest is for an extension, a number and a temporary suffix.
    private const int MaxBytes = 180;
    private const int TruncatedBytes = 120;

    private const string ForbiddenCharacters = "<>:\"/\\|?*";

    private static readonly HashSet<string> Reserved = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "0123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="text">Any text.</param>
    /// <param name="fallback">The beginning of the name if no character of the text is valid.</param>
    /// <returns>A path segment that is valid on Windows, macOS and Linux; never empty, "." or "..".</returns>
    public static string Of(string text, string fallback = "unnamed")
    {
        var kept = Shorten(Replace(text).Trim('.', ' '));
        var name = kept.Length == 0 ? fallback : IsReserved(kept) ? $"_{kept}" : kept;
        return name == text ? name : $"{name}-{Hash(text)}";
    }

    /// <summary>Whether a text is a valid path segment without changes.</summary>
    public static bool IsSafe(string text) => Of(text) == text;

    /// <summary>The first eight hexadecimal digits of the text's SHA-256 hash.</summary>
    internal static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)))[..8];

    private static string Replace(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes()) // an unpaired surrogate is enumerated as U+FFFD
        {
            kept.Append(IsKept(rune) ? rune.ToString() : "-");
        }

        return kept.ToString();
    }

    // Format characters can reverse the direction of a name, or are invisible.
    private static bool IsKept(Rune rune) =>
        rune != Rune.ReplacementChar && !IsCombining(rune.Value)
        && !(rune.IsAscii && ForbiddenCharacters.Contains((char)rune.Value))
        && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    // Characters that some file systems compose with the preceding one: combining accents, Hangul jamo, Japanese voicing
    // marks. With invariant globalization, .NET cannot normalize them itself.
    private static bool IsCombining(int character) => character is (>= 0x300 and <= 0x36f) or (>= 0x1100 and <= 0x11ff) or 0x3099 or 0x309a;

    private static string Shorten(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
        {
            return text;
        }

        var (bytes, end) = (0, 0);
        foreach (var rune in text.EnumerateRunes().TakeWhile(rune => (bytes += rune.Utf8SequenceLength) <= TruncatedBytes))
        {
            end += rune.Utf16SequenceLength;
        }

        return text[..end].TrimEnd('.', ' ');
    }

    // Windows considers only the part before the first dot: "nul.svg" also denotes the device.
    private static bool IsReserved(string name) => Reserved.Contains(name.Split('.')[0].TrimEnd(' '));
}
