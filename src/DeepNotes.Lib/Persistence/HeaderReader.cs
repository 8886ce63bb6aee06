using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace DeepNotes;

/// <summary>Reads the header of a safetensors file and checks that it describes the data exactly.</summary>
internal static class HeaderReader
{
    public const int LengthBytes = 8;

    /// <summary>The limit of the format specification, which bounds the cost of parsing.</summary>
    public const int MaxBytes = 100_000_000;

    // Root, tensor, array: a valid header is not nested deeper.
    private const int MaxDepth = 3;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    public static ReadOnlySpan<byte> MetadataName => "__metadata__"u8;

    public static WeightFileHeader Read(InputFile file)
    {
        var bytes = ReadBytes(file);
        using var json = Parse(bytes, file.Path);
        var dataStart = (long)LengthBytes + bytes.Length;
        var tensors = new List<StoredTensor>();
        IReadOnlyDictionary<string, string> metadata = new Dictionary<string, string>();
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (property.NameEquals(MetadataName))
            {
                metadata = ReadMetadata(property.Value, file.Path);
            }
            else
            {
                tensors.Add(StoredTensorReader.Read(property, file.Path));
            }
        }

        return new WeightFileHeader(file.Path, DataLayout.Order(tensors, file.Length - dataStart, file.Path), metadata, dataStart);
    }

    private static byte[] ReadBytes(InputFile file)
    {
        if (file.Length < LengthBytes)
        {
            throw new WeightFileException(
                file.Path, null, $"{LengthBytes} bytes with the length of the header", $"a file of {file.Length}");
        }

        Span<byte> prefix = stackalloc byte[LengthBytes];
        file.Read(prefix, 0);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxBytes)
        {
            throw new WeightFileException(
                file.Path, null, $"a header of at most {MaxBytes} bytes", $"{length}: not a safetensors file");
        }

        if ((long)length > file.Length - LengthBytes)
        {
            throw new WeightFileException(
                file.Path, null, $"a header of {length} bytes", $"{file.Length - LengthBytes} up to the end of the file: it is cut off");
        }

        var bytes = new byte[length];
        file.Read(bytes, LengthBytes);
        return bytes;
    }

    private static JsonDocument Parse(byte[] bytes, string path)
    {
        if (bytes is not [(byte)'{', ..])
        {
            throw new WeightFileException(path, null, "a header that begins with {", bytes is [var first, ..] ? $"byte 0x{first:X2}" : "an empty one");
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new WeightFileException(path, null, "a header in UTF-8", "bytes that are not");
        }

        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an unpaired surrogate, such as the escape \ud800, in a name.
            throw new WeightFileException(path, null, "a header in JSON with each name once", $"{invalid.Message}", invalid);
        }
    }

    private static OrderedDictionary<string, string> ReadMetadata(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new WeightFileException(path, null, "__metadata__ as an object of strings", json.GetRawText());
        }

        var metadata = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in json.EnumerateObject())
        {
            metadata.Add(
                JsonText.Name(entry, path),
                JsonText.String(entry.Value)
                    ?? throw new WeightFileException(path, null, $"__metadata__ as an object of strings", entry.Value.GetRawText()));
        }

        return metadata;
    }
}
