using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// Messages as frames: routing, delimiter, signature, header, parent header, metadata, content, and buffers, which no
/// request to us has a use for.
/// </summary>
internal sealed class MessageFormat(MessageSignature signature, string session)
{
    public const string ProtocolVersion = "5.3";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions ReaderOptions = new() { AllowDuplicateProperties = false };

    /// <exception cref="FormatException">Not a message, its signature is wrong, or it was received before.</exception>
    public JupyterMessage Read(IReadOnlyList<byte[]> frames)
    {
        var delimiter = frames.Index().FirstOrDefault(frame => frame.Item.AsSpan().SequenceEqual(Delimiter), (Index: -1, Item: [])).Index;
        if (delimiter < 0 || frames.Count < delimiter + 6)
        {
            throw new FormatException($"expected a delimiter and five frames after it, got {frames.Count} frames.");
        }

        var parts = frames.Skip(delimiter + 2).Take(4).ToArray();
        signature.Accept(parts, frames[delimiter + 1]);
        var header = Parse("header", parts[0]);
        return header.Text("msg_type").Length > 0
            ? new JupyterMessage([.. frames.Take(delimiter)], header, ParseParent(parts[1]), Parse("content", parts[3]))
            : throw new FormatException("the header has no msg_type.");
    }

    /// <param name="routing">The frames before the delimiter: the request's own, or a topic.</param>
    /// <param name="type">For example "execute_reply".</param>
    /// <param name="parent">The header of the request that this belongs to.</param>
    /// <param name="content">What it says.</param>
    /// <param name="id">The id of the message; a new one unless given.</param>
    public IReadOnlyList<byte[]> Write(IReadOnlyList<byte[]> routing, string type, JsonObject parent, JsonObject content, string? id = null)
    {
        byte[][] parts = [Bytes(CreateHeader(type, id ?? NewId())), Bytes(parent), Bytes([]), Bytes(content)];
        return [.. routing, Delimiter, signature.Create(parts), .. parts];
    }

    // Clients refuse a signature that they have seen: every message has an id of its own.
    public static string NewId() => Guid.NewGuid().ToString();

    private JsonObject CreateHeader(string type, string id) => new()
    {
        ["msg_id"] = id,
        ["msg_type"] = type,
        ["session"] = session,
        ["username"] = "deepnotes",
        ["date"] = DateTime.UtcNow.ToString("O"),
        ["version"] = ProtocolVersion,
    };

    // Not every front end sends an empty object where there is no parent.
    private static JsonObject ParseParent(byte[] bytes) => bytes.AsSpan().SequenceEqual("null"u8) ? [] : Parse("parent header", bytes);

    private static JsonObject Parse(string part, byte[] bytes)
    {
        try
        {
            CheckText(bytes);
            return JsonNode.Parse(bytes, documentOptions: ReaderOptions) as JsonObject ?? throw new FormatException($"{part}: expected a JSON object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{part}: {error.Message}", error);
        }
    }

    // A JsonNode finds out only when it is asked that a string is no valid Unicode; here is the place to say so.
    private static void CheckText(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }

    private static byte[] Bytes(JsonObject value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriterOptions))
        {
            value.WriteTo(writer);
        }

        return stream.ToArray();
    }
}

/// <summary>A message of the Jupyter protocol, whose signature was right.</summary>
/// <param name="Routing">Frames before the delimiter; an answer carries them again.</param>
/// <param name="Header">Its id, type and session.</param>
/// <param name="Parent">The header of the message that this one answers; empty where it does not say.</param>
/// <param name="Content">What it says.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Routing, JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public string Type => Header.Text("msg_type");

    public string Id => Header.Text("msg_id");
}

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
