using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>Random notebooks of nbformat 4.0 to 4.5: every kind of cell and output, unusual characters and numbers, every layout.</summary>
internal static class RandomNotebook
{
    // Placeholders for text that System.Text.Json does not write: an unpaired surrogate, duplicate keys.
    private const string Half = "HALF";
    private const string Twice = "TWICE";

    public static readonly Gen<string> Words = Gen.OneOf(
        "", "a", "two\nlines", "ends\n", "Windows\r\n", "é中\U0001F600", "\u2028\u2029\u0085\f\v", "\"\\/<&'", "\u0001\u007f\u009f", Half, "# title", "{{x}} \\u00e9").Array[0, 3].Select(string.Concat);

    public static readonly Gen<JsonNode?> Values = Gen.Recursive<JsonNode?>((depth, values) => depth > 3 ? Leaves : Gen.Frequency(
        (4, Leaves),
        (1, values.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)]))),
        (1, Gen.Select(Words, values, Leaves).Select((name, one, two) => (JsonNode?)new JsonObject { [name + "1"] = Copy(one), [name + "2"] = Copy(two) }))));

    public static readonly Gen<JsonObject> Notebooks = Gen.Select(Cell.Array[1, 4], Metadata, Gen.Int[0, 5], Gen.Bool).Select((cells, metadata, minor, isWhole) =>
    {
        foreach (var (index, cell) in cells.Index())
        {
            if (minor == 5)
            {
                cell["id"] = $"id-{index}";
            }
        }

        return new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select(Copy)]),
            ["metadata"] = Copy(metadata),
            ["nbformat"] = isWhole ? 4 : JsonNode.Parse("4.0"),
            ["nbformat_minor"] = minor,
        };
    });

    public static readonly Gen<string> Texts = Gen.Select(Notebooks, Layouts, Gen.Bool).Select((notebook, layout, hasMark) => (hasMark ? "\uFEFF" : "") + Text(notebook, layout));

    private static Gen<JsonNode?> Leaves => Gen.OneOf(
        Words.Select(text => (JsonNode?)text),
        Gen.OneOf("0", "-0.0", "1.0", "1e400", "1E+2", "12345678901234567890", "0.1", "true", "false", "null").Select(text => JsonNode.Parse(text)),
        Gen.Const(0).Select(_ => (JsonNode?)new JsonObject { [Twice] = 1 }));

    private static Gen<JsonSerializerOptions> Layouts => Gen.Select(Gen.Int[0, 4], Gen.Bool, Gen.Bool).Select((indent, isAscii, isWindows) => new JsonSerializerOptions
    {
        WriteIndented = indent > 0,
        IndentSize = Math.Max(1, indent % 4),
        IndentCharacter = indent == 4 ? '\t' : ' ',
        NewLine = isWindows ? "\r\n" : "\n",
        Encoder = isAscii ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static Gen<JsonNode?> Metadata => Gen.Select(Gen.Int[0, 3], Values).Select((kind, other) => kind switch
    {
        0 => null,
        1 => (JsonNode?)new JsonObject { ["other"] = Copy(other) },
        2 => new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" }, ["other"] = Copy(other) },
        _ => new JsonObject { ["deepnotes"] = new JsonObject { ["chapter"] = "07", ["unknown"] = Copy(other) }, ["kernelspec"] = new JsonObject { ["name"] = "deepnotes" } },
    });

    private static Gen<JsonNode?> Lines => Gen.Select(Words.Array[0, 3], Gen.Bool).Select((lines, isList) =>
        isList ? new JsonArray([.. lines.Select(line => (JsonNode?)line)]) : (JsonNode?)string.Concat(lines));

    private static Gen<JsonObject> Cell => Gen.OneOf(
        Gen.Select(Gen.OneOf("markdown", "raw", "heading"), Lines, Values).Select((type, source, other) => new JsonObject
        {
            ["attachments"] = new JsonObject { ["a.png"] = new JsonObject { ["image/png"] = "AAAA" } },
            ["cell_type"] = type,
            ["execution_count"] = Copy(other),
            ["metadata"] = new JsonObject { ["other"] = Copy(other) },
            ["source"] = Copy(source),
        }),
        Gen.Select(Gen.OneOf("print a", "result 1", "show d 1\nshow d 2", "warn x\u2028y", "// é\f中", ""), Output.Array[0, 3], Gen.Bool, Values).Select((source, outputs, isSkipped, other) => new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = Copy(other),
            ["metadata"] = isSkipped ? new JsonObject { ["collapsed"] = Copy(other), ["tags"] = new JsonArray("skip-execution") } : null,
            ["outputs"] = new JsonArray([.. outputs.Select(Copy)]),
            ["source"] = source,
        }));

    private static Gen<JsonObject> Output => Gen.Select(Gen.Int[0, 4], Lines, Values, Words).Select((kind, lines, other, word) => kind switch
    {
        0 => new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = Copy(lines) },
        1 => new JsonObject { ["ename"] = word, ["evalue"] = word, ["output_type"] = "error", ["traceback"] = new JsonArray(word) },
        2 => new JsonObject { ["output_type"] = "of the future", ["any"] = Copy(other) },
        _ => new JsonObject
        {
            ["data"] = new JsonObject { ["application/x+json"] = Copy(other), ["text/plain"] = Copy(lines), ["text/odd"] = Copy(other) },
            ["execution_count"] = 3,
            ["metadata"] = new JsonObject { ["isolated"] = true, ["needs_background"] = "dark", ["other"] = Copy(other) },
            ["output_type"] = kind == 3 ? "display_data" : "execute_result",
            ["transient"] = new JsonObject { ["display_id"] = word },
        },
    });

    public static string Text(JsonNode? json, JsonSerializerOptions? layout = null) => (json?.ToJsonString(layout) ?? "null")
        .Replace(Half, "\\ud83d", StringComparison.Ordinal)
        .Replace($"\"{Twice}\"", "\"twice\": 0, \"twice\"", StringComparison.Ordinal);

    public static JsonNode? Copy(JsonNode? node) => node?.DeepClone();
}
