using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// Reads and writes messages as frames: routing, delimiter, signature, header, parent header, metadata, content, and
/// buffers, which are ignored.
/// </summary>
internal sealed class MessageFormat(MessageSignature signature, string session)
{
    public const string ProtocolVersion = "5.3";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions ReaderOptions = new() { AllowDuplicateProperties = false };

    /// <exception cref="FormatException">The message is malformed, its signature is wrong, or it was received before.</exception>
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

    /// <param name="routing">The frames before the delimiter: those of the request, or a topic.</param>
    /// <param name="type">The message type, for example "execute_reply".</param>
    /// <param name="parent">The header of the request that the message belongs to.</param>
    /// <param name="content">The content of the message.</param>
    /// <param name="id">The id of the message; null for a new one.</param>
    public IReadOnlyList<byte[]> Write(IReadOnlyList<byte[]> routing, string type, JsonObject parent, JsonObject content, string? id = null)
    {
        byte[][] parts = [Bytes(CreateHeader(type, id ?? NewId())), Bytes(parent), Bytes([]), Bytes(content)];
        return [.. routing, Delimiter, signature.Create(parts), .. parts];
    }

    // Every message needs a unique id, because clients reject signatures that they have seen.
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

    // Some front ends send null instead of an empty object without a parent.
    private static JsonObject ParseParent(byte[] bytes) => bytes.AsSpan().SequenceEqual("null"u8) ? [] : Parse("parent header", bytes);

    private static JsonObject Parse(string part, byte[] bytes)
    {
        try
        {
            ValidateStrings(bytes);
            return JsonNode.Parse(bytes, documentOptions: ReaderOptions) as JsonObject ?? throw new FormatException($"{part}: expected a JSON object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{part}: {error.Message}", error);
        }
    }

    // JsonNode detects invalid Unicode in a string only when it is read; this check reports it immediately.
    private static void ValidateStrings(byte[] bytes)
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

/// <summary>A message of the Jupyter protocol with a verified signature.</summary>
/// <param name="Routing">The frames before the delimiter, which are repeated in a reply.</param>
/// <param name="Header">The id, type and session of the message.</param>
/// <param name="Parent">The header of the message that this one replies to; may be empty.</param>
/// <param name="Content">The content of the message.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Routing, JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public string Type => Header.Text("msg_type");

    public string Id => Header.Text("msg_id");
}

/// <summary>Reads fields of an untrusted message; a field that is missing or of another type has a default value.</summary>
internal static class JsonFields
{
    public static string Text(this JsonObject json, string name, string defaultValue = "") =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : defaultValue;

    public static bool Flag(this JsonObject json, string name, bool defaultValue = false) =>
        json[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : defaultValue;

    public static int? Number(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    public static JsonObject Fields(this JsonObject json, string name) => json[name] as JsonObject ?? [];
}
