using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepNotes;

/// <summary>Reads values in the JSON of a figure as plotly.js does: lists, binary arrays, numbers, dates and texts.</summary>
internal static partial class PlotlyValues
{
    /// <summary>The items of an array of any kind; null if it is not a readable array.</summary>
    public static JsonNode?[]? List(JsonNode? node) => node switch
    {
        JsonArray array => [.. array],
        JsonObject typed => Binary(typed)?.Select(number => (JsonNode?)number).ToArray(),
        _ => null,
    };

    /// <summary>The items of an array of arrays; null for other values.</summary>
    public static JsonNode?[][]? Rows(JsonNode? node) =>
        List(node) is { Length: > 0 } rows && rows.All(row => List(row) is not null) ? [.. rows.Select(row => List(row)!)] : null;

    /// <summary>A number, or a text that is a number; NaN for other values.</summary>
    public static double Number(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => node.AsValue().TryGetValue<double>(out var number) ? number : double.NaN,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String when double.TryParse((string?)node, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => double.NaN,
    };

    /// <summary>A finite number; null for other values.</summary>
    public static double? FiniteNumber(JsonNode? node) => Number(node) is var number && Extent.IsDrawable(number, positiveOnly: false) ? number : null;

    /// <summary>A date in milliseconds since 1970; NaN for other values.</summary>
    public static double Date(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number ? Number(node)
        : IsDate(node) && DateTimeOffset.TryParse((string?)node, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            // The wall-clock time: plotly.js ignores the zone.
            ? DateNumber.Of(date.DateTime)
            : double.NaN;

    public static bool IsDate(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String && DateText().IsMatch((string)node!);

    /// <summary>The text of a value without its HTML tags.</summary>
    public static string Text(JsonNode? node) =>
        node is null ? "" : WebUtility.HtmlDecode(Tags().Replace(Breaks().Replace(node.ToString(), " "), "")).Trim();

    /// <summary>The text of a title, which is an object or, in older figures, the text itself; null without text.</summary>
    public static string? Title(JsonNode? node) =>
        (node is JsonObject title ? title["text"] : node) is { } text && Text(text) is { Length: > 0 } words ? words : null;

    public static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    public static bool IsFalse(JsonNode? node) => node?.GetValueKind() == JsonValueKind.False;

    /// <summary>An unchanged text; null for other values.</summary>
    public static string? String(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? (string)node! : null;

    /// <summary>A typed array of plotly.py: the little-endian bytes of its numbers in Base64.</summary>
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
