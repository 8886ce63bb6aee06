using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>A value and its location, for messages: "01-a.ipynb: cell 3: metadata.tags[0]: expected a string, got 4".</summary>
/// <param name="Place">The file, and the cell where there is one.</param>
/// <param name="Name">The path from there to the value; empty for the place itself.</param>
/// <param name="Value">The value; null where it is missing, which is treated like JSON's null.</param>
internal readonly record struct JsonField(string Place, string Name, JsonNode? Value)
{
    public JsonField this[string name] => Member(name);

    public IEnumerable<JsonField> Items => ExpectList(null) ?? [];

    public IEnumerable<JsonField> Members => (Value as JsonObject ?? []).Select(member => member.Key).Select(Member);

    /// <summary>The value as an integer, for 4 and 4.0; null for anything else.</summary>
    public static int? Integer(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number)
        && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    public JsonField ExpectObject(string expected = "an object") => Expect(Value is null or JsonObject, expected);

    public JsonField ExpectString() => Expect(Value is null || IsText(Value), "a string");

    public JsonField ExpectBoolean() => Expect(Value is null || Value.GetValueKind() is JsonValueKind.True or JsonValueKind.False, "true or false");

    public JsonField ExpectInteger() => Expect(Value is null || Integer(Value) is not null, "a whole number");

    /// <summary>Checks nbformat's multi-line string.</summary>
    public void ExpectMultilineString()
    {
        if (!IsText(Value))
        {
            ExpectStrings("a string or a list of strings");
        }
    }

    public void ExpectStrings(string expected = "a list of strings")
    {
        foreach (var item in ExpectList(expected) ?? [])
        {
            item.ExpectPresent("a string").ExpectString();
        }
    }

    public JsonField ExpectPresent(string expected) => Expect(Value is not null, expected);

    public IEnumerable<JsonField>? ExpectList(string? expected)
    {
        var (place, name, _) = this;
        Expect(Value is null or JsonArray, expected ?? "a list");
        return (Value as JsonArray)?.Select((item, index) => new JsonField(place, $"{name}[{index}]", item));
    }

    public NotebookFormatException Error(string message) => new($"{Place}: {(Name.Length == 0 ? "" : $"{NotebookText.Shown(Name)}: ")}{message}");

    private JsonField Member(string name) => new(Place, Name.Length == 0 ? name : $"{Name}.{name}", (Value as JsonObject)?[name]);

    private JsonField Expect(bool holds, string expected) => holds ? this : throw Error($"expected {expected}, got {Described(Value)}.");

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static string Described(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        _ => NotebookText.Shown(node.ToJsonString()),
    };
}
