using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepNotes;

/// <summary>Writes the header of a safetensors file: its length and its JSON, padded with spaces to a multiple of 8 bytes.</summary>
internal static class HeaderWriter
{
    private const int Alignment = 8;

    public static byte[] Write(
        string path,
        IEnumerable<(Utf8Name Name, Tensor Tensor)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        var json = WriteJson(tensors, metadata);
        var length = (json.Length + Alignment - 1) / Alignment * Alignment;
        if (length > HeaderReader.MaxBytes)
        {
            throw new WeightFileException(
                path, null, $"names and metadata of at most {HeaderReader.MaxBytes} bytes", $"{length}");
        }

        var bytes = new byte[HeaderReader.LengthBytes + length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        json.CopyTo(bytes.AsSpan(HeaderReader.LengthBytes));
        bytes.AsSpan(HeaderReader.LengthBytes + json.Length).Fill((byte)' ');
        return bytes;
    }

    private static ReadOnlySpan<byte> WriteJson(
        IEnumerable<(Utf8Name Name, Tensor Tensor)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        if (metadata is { Count: > 0 })
        {
            WriteMetadata(json, metadata);
        }

        long start = 0;
        foreach (var (name, tensor) in tensors)
        {
            var end = start + (long)tensor.Length * sizeof(float);
            WriteTensor(json, name, tensor.Shape, start, end);
            start = end;
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(HeaderReader.MetadataName);
        foreach (var (key, value) in Utf8Name.Order(metadata))
        {
            json.WriteString(key.Bytes, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, Utf8Name name, Shape shape, long start, long end)
    {
        if (name.Bytes.AsSpan().SequenceEqual(HeaderReader.MetadataName))
        {
            throw new ArgumentException("Safetensors.Save: expected another tensor name than \"__metadata__\", which the format keeps for itself.");
        }

        json.WriteStartObject(name.Bytes);
        json.WriteString("dtype", ElementType.Float32.Name);
        WriteNumbers(json, "shape", shape.Select(axis => (long)axis));
        WriteNumbers(json, "data_offsets", [start, end]);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
