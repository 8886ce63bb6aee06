using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Fields of a message from outside: missing or of another type, they have their default.</summary>
internal static class JsonFields
{
    public static string Text(this JsonObject json, string name, string missing = "") =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : missing;

    public static bool Flag(this JsonObject json, string name, bool missing = false) =>
        json[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : missing;

    public static int? Number(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    public static JsonObject Fields(this JsonObject json, string name) => json[name] as JsonObject ?? [];
}
