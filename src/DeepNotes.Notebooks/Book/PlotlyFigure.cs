using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>Normalises plotly figures of notebooks for the current plotly.js and the data tables.</summary>
internal static class PlotlyFigure
{
    // Before plotly.js 1.43 a title was a string with its properties beside it; 3.0 removed that form.
    private static readonly (string Old, string New)[] TitleProperties =
        [("titlefont", "font"), ("titleside", "side"), ("titleposition", "position"), ("titleoffset", "standoff")];

    private static readonly FrozenSet<string> Cartesian = new[]
    {
        "bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie", "scatter", "scatterternary", "violin",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="json">An object, a list of traces, or either of them serialised as a string, as some kernels send it.</param>
    /// <returns>A copy with "data" and "layout"; null for anything else.</returns>
    public static JsonObject? Read(JsonNode json)
    {
        var figure = (json is JsonValue value && value.TryGetValue(out string? text) ? Parse(text) : json) switch
        {
            JsonArray traces => new JsonObject { ["data"] = traces.DeepClone() },
            JsonObject whole => (JsonObject)whole.DeepClone(),
            _ => null,
        };
        if (figure is null || !(figure["data"] is null or JsonArray or JsonObject) || !(figure["layout"] is null or JsonObject))
        {
            return null;
        }

        if (figure["data"] is JsonObject one)
        {
            figure["data"] = new JsonArray(one.DeepClone());
        }

        Modernise(figure);
        return figure;
    }

    /// <summary>The numbers of a list or of a typed array {"dtype": "f8", "bdata": base64}; null for anything else.</summary>
    public static JsonArray? List(JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject packed when Text(packed["bdata"]) is { } data && Text(packed["dtype"]) is { } type => Unpack(data, type, Text(packed["shape"]) ?? ""),
        _ => null,
    };

    /// <summary>Whether the cartesian bundle of plotly.js can draw the figure.</summary>
    public static bool IsCartesian(JsonObject figure) => Traces(figure).Concat((figure["frames"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(Traces))
        .All(trace => Cartesian.Contains(Text(trace["type"]) ?? "scatter"));

    /// <summary>Whether a trace has transforms (filter, groupby), which plotly.js 3.0 removed.</summary>
    public static bool HasTransforms(JsonObject figure) =>
        (figure["data"] as JsonArray ?? []).Any(trace => trace is JsonObject { } part && part["transforms"] is JsonArray { Count: > 0 });

    private static IEnumerable<JsonObject> Traces(JsonObject part) => (part["data"] as JsonArray ?? []).OfType<JsonObject>();

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonSource.Parse(Encoding.UTF8.GetBytes(text)).ToNode();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Modernise(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items.Where(item => item is JsonObject))
            {
                Modernise(item);
            }
        }

        if (node is not JsonObject part)
        {
            return;
        }

        if (part["title"] is JsonValue title)
        {
            part["title"] = new JsonObject { ["text"] = Text(title) ?? title.ToJsonString() };
        }

        foreach (var (old, current) in TitleProperties.Where(property => part.ContainsKey(property.Old)))
        {
            var target = part["title"] as JsonObject ?? [];
            part["title"] = target.Parent is null ? target : part["title"];
            target[current] ??= part[old]?.DeepClone();
            part.Remove(old);
        }

        foreach (var (name, child) in part.Where(member => member.Key is not ("meta" or "customdata")).ToList())
        {
            Modernise(child);
        }
    }

    private static JsonArray? Unpack(string data, string type, string shape)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(data);
        }
        catch (FormatException)
        {
            return null;
        }

        var size = type switch { "i1" or "u1" or "uint8c" => 1, "i2" or "u2" => 2, "i4" or "u4" or "f4" => 4, "f8" => 8, _ => 0 };
        if (size == 0 || bytes.Length % size != 0)
        {
            return null;
        }

        var numbers = Enumerable.Range(0, bytes.Length / size).Select(index => Number(bytes.AsSpan(index * size, size), type)).ToList();
        var sides = shape.Split(',', StringSplitOptions.TrimEntries).Select(side => int.TryParse(side, out var length) ? length : 0).ToList();
        return sides is [> 0 and var rows, > 0 and var columns] && (long)rows * columns == numbers.Count
            ? new JsonArray([.. numbers.Chunk(columns).Select(row => new JsonArray(row))])
            : new JsonArray([.. numbers]);
    }

    private static JsonNode? Number(ReadOnlySpan<byte> bytes, string type) => type switch
    {
        "i1" => (sbyte)bytes[0],
        "u1" or "uint8c" => bytes[0],
        "i2" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "u2" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "i4" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "u4" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "f4" => Finite(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        _ => Finite(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
    };

    // JSON has no infinity; plotly.js draws a gap for null.
    private static JsonValue? Finite(double number) => double.IsFinite(number) ? JsonValue.Create(number) : null;

    private static JsonValue? Finite(float number) => float.IsFinite(number) ? JsonValue.Create(number) : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
