using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// JSON text as a mutable tree that can be written back with minimal changes: every unchanged value keeps its bytes, with
/// the white space, escapes, digits and duplicate keys around it. As in Python the last of several equal keys wins, and an
/// unpaired surrogate is a character.
/// </summary>
internal sealed class JsonSource
{
    /// <summary>Deeper than any notebook that Python can read, and shallow enough for the stack.</summary>
    public const int MaxDepth = 512;

    private readonly byte[] _before;
    private readonly byte[] _after;
    private readonly JsonElement _root;
    private readonly JsonStyle _style;

    private JsonSource(ReadOnlySpan<byte> before, JsonElement root, ReadOnlySpan<byte> after)
    {
        _before = before.ToArray();
        _after = after.ToArray();
        _root = root;
        _style = JsonStyle.Of(root);
    }

    /// <param name="text">Valid UTF-8, with or without a byte-order mark.</param>
    /// <exception cref="JsonException">Not JSON, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static JsonSource Parse(byte[] text)
    {
        var start = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var root = JsonElement.Parse(text.AsSpan(start), new JsonDocumentOptions { MaxDepth = MaxDepth });
        start += text.AsSpan(start).IndexOfAnyExcept(" \t\r\n"u8);
        return new JsonSource(text.AsSpan(0, start), root, text.AsSpan(start + JsonMarshal.GetRawUtf8Value(root).Length));
    }

    public JsonNode? ToNode() => Node(_root);

    /// <summary>The text with the changes that were made to its tree.</summary>
    public byte[] Write(JsonNode? changed)
    {
        // One more, because a full buffer grows even before an empty write.
        var output = new ArrayBufferWriter<byte>(_before.Length + JsonMarshal.GetRawUtf8Value(_root).Length + _after.Length + 1);
        output.Write(_before);
        Write(_root, changed, 0, output);
        output.Write(_after);
        return output.WrittenSpan.ToArray();
    }

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in Members(element))
                {
                    members.Add(member.Name, Node(member.Value));
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.String when MayHoldUnpairedSurrogate(JsonMarshal.GetRawUtf8Value(element)):
                return JsonValue.Create(Unescaped(JsonMarshal.GetRawUtf8Value(element)[1..^1]));
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element); // no copy: text is decoded when it is read
        }
    }

    private void Write(JsonElement old, JsonNode? now, int depth, IBufferWriter<byte> output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(old);
        if (Pairs(old, now) is not { } pairs)
        {
            if (IsSame(old, now))
            {
                output.Write(raw);
            }
            else
            {
                Render(now, old, depth, output);
            }

            return;
        }

        var copied = 0;
        foreach (var (before, after) in pairs)
        {
            var inner = JsonMarshal.GetRawUtf8Value(before);
            raw.Overlaps(inner, out var offset);
            output.Write(raw[copied..offset]);
            Write(before, after, depth + 1, output);
            copied = offset + inner.Length;
        }

        output.Write(raw[copied..]);
    }

    // The values of two objects with the same keys, or of two lists of the same length; null for all other changes.
    private static IEnumerable<(JsonElement Old, JsonNode? Now)>? Pairs(JsonElement old, JsonNode? now)
    {
        if (old.ValueKind == JsonValueKind.Object && now is JsonObject members)
        {
            var before = Members(old);
            return before.Select(member => member.Name).SequenceEqual(members.Select(member => member.Key))
                ? before.Zip(members, (was, member) => (was.Value, member.Value)) : null;
        }

        return old.ValueKind == JsonValueKind.Array && now is JsonArray items && old.GetArrayLength() == items.Count
            ? old.EnumerateArray().Zip(items) : null;
    }

    private static bool IsSame(JsonElement old, JsonNode? now) => (old.ValueKind, now) switch
    {
        (_, JsonValue value) when value.TryGetValue(out JsonElement kept) && JsonMarshal.GetRawUtf8Value(kept) == JsonMarshal.GetRawUtf8Value(old) => true,
        (JsonValueKind.Null, null) => true,
        (JsonValueKind.String, JsonValue value) => value.TryGetValue(out string? text) && text == Unescaped(JsonMarshal.GetRawUtf8Value(old)[1..^1]),
        (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False, JsonValue value) =>
            value.GetValueKind() == old.ValueKind && value.ToJsonString() == old.GetRawText(),
        _ => false,
    };

    private void Render(JsonNode? node, JsonElement old, int depth, IBufferWriter<byte> output)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                var before = old.ValueKind == JsonValueKind.Object ? Members(old).ToDictionary(member => member.Name, member => member.Value) : [];
                Append("{");
                foreach (var (index, (name, value)) in members.Index())
                {
                    Append(_style.Before(index, depth + 1) + _style.Quoted(name) + _style.Colon);
                    if (before.TryGetValue(name, out var was))
                    {
                        Write(was, value, depth + 1, output);
                    }
                    else
                    {
                        Render(value, default, depth + 1, output);
                    }
                }

                Append(_style.Close(depth) + "}");
                break;
            case JsonArray { Count: > 0 } items:
                Append("[");
                foreach (var (index, item) in items.Index())
                {
                    Append(_style.Before(index, depth + 1));
                    Render(item, default, depth + 1, output);
                }

                Append(_style.Close(depth) + "]");
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                Append(_style.Quoted(text));
                break;
            default:
                Append(node?.ToJsonString() ?? "null");
                break;
        }

        void Append(string text) => output.Write(Encoding.UTF8.GetBytes(text));
    }

    // The last of several equal keys wins.
    private static List<(string Name, JsonElement Value)> Members(JsonElement element)
    {
        var members = element.EnumerateObject().Select(member => (Name: Unescaped(JsonMarshal.GetRawUtf8PropertyName(member)), member.Value)).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = members.Count - 1; i >= 0; i--)
        {
            if (!seen.Add(members[i].Name))
            {
                members.RemoveAt(i);
            }
        }

        return members;
    }

    // JSON can hold an unpaired surrogate only as an escape.
    private static bool MayHoldUnpairedSurrogate(ReadOnlySpan<byte> raw) => raw.IndexOf("\\ud"u8) >= 0 || raw.IndexOf("\\uD"u8) >= 0;

    // JsonElement.GetString rejects an unpaired surrogate, which .NET strings can hold as well as Python's.
    private static string Unescaped(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }

            i++;
            plain.Append(text[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var itself => itself,
            });
            i += text[i] == 'u' ? 4 : 0;
        }

        return plain.ToString();
    }
}
