using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepNotes;

/// <summary>Values of a figure's JSON as plotly.js takes them: lists, binary arrays, numbers, dates and texts.</summary>
internal static partial class PlotlyValues
{
    /// <summary>The items of an array, of whatever kind; null where there is none that can be read.</summary>
    public static JsonNode?[]? List(JsonNode? node) => node switch
    {
        JsonArray array => [.. array],
        JsonObject typed => Binary(typed)?.Select(number => (JsonNode?)number).ToArray(),
        _ => null,
    };

    /// <summary>A list of lists; null where it is none.</summary>
    public static JsonNode?[][]? Rows(JsonNode? node) =>
        List(node) is { Length: > 0 } rows && rows.All(row => List(row) is not null) ? [.. rows.Select(row => List(row)!)] : null;

    /// <summary>A number, or a text that is one; NaN for everything else.</summary>
    public static double Number(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => node.AsValue().TryGetValue<double>(out var number) ? number : double.NaN,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String when double.TryParse((string?)node, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => double.NaN,
    };

    /// <summary>A finite number; null for everything else.</summary>
    public static double? FiniteNumber(JsonNode? node) => Number(node) is var number && Extent.HasPlace(number, positiveOnly: false) ? number : null;

    /// <summary>A date in milliseconds since 1970; NaN for everything else.</summary>
    public static double Date(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number ? Number(node)
        : IsDate(node) && DateTimeOffset.TryParse((string?)node, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            // What a clock on the wall shows: plotly.js drops the zone.
            ? DateNumber.Of(date.DateTime)
            : double.NaN;

    public static bool IsDate(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String && DateText().IsMatch((string)node!);

    /// <summary>The text of a value without the small HTML that plotly.js reads in it.</summary>
    public static string Text(JsonNode? node) =>
        node is null ? "" : WebUtility.HtmlDecode(Tags().Replace(Breaks().Replace(node.ToString(), " "), "")).Trim();

    /// <summary>The text of a title, which is an object or, in older figures, the text itself; null where there is none.</summary>
    public static string? Title(JsonNode? node) =>
        (node is JsonObject title ? title["text"] : node) is { } text && Text(text) is { Length: > 0 } words ? words : null;

    public static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    public static bool IsFalse(JsonNode? node) => node?.GetValueKind() == JsonValueKind.False;

    /// <summary>A text without change; null where the value is no text.</summary>
    public static string? String(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? (string)node! : null;

    /// <summary>An array as plotly.py writes it: the bytes of its numbers, little endian, in base 64.</summary>
    private static IEnumerable<double>? Binary(JsonObject typed)
    {
        var text = String(typed["bdata"]) ?? "";
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count))
        {
            return null;
        }
        Array.Resize(ref bytes, count);
        return String(typed["dtype"]) switch
        {
            "f8" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
            "f4" => MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(number => (double)number),
            "i4" => MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(number => (double)number),
            "u4" => MemoryMarshal.Cast<byte, uint>(bytes).ToArray().Select(number => (double)number),
            "i2" => MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(number => (double)number),
            "u2" => MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(number => (double)number),
            "i1" => MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray().Select(number => (double)number),
            "u1" => bytes.Select(number => (double)number),
            _ => null,
        };
    }

    [GeneratedRegex(@"^-?\d{4}-\d{1,2}(-\d{1,2}([ T]\d{1,2}(:\d{2}(:\d{2}(\.\d+)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$")]
    private static partial Regex DateText();

    [GeneratedRegex("<br ?/?>")]
    private static partial Regex Breaks();

    [GeneratedRegex("</?[a-zA-Z][^>]*>")]
    private static partial Regex Tags();
}
