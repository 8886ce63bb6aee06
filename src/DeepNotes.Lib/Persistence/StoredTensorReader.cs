using System.Text.Json;

namespace DeepNotes;

/// <summary>Reads the entry of one tensor in a header, with all checks that do not involve other tensors.</summary>
internal static class StoredTensorReader
{
    // The limit of PyTorch.
    private const int MaxAxes = 64;

    public static StoredTensor Read(JsonProperty property, string path)
    {
        var name = JsonText.Name(property, path);
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            throw new WeightFileException(path, name, "an object with dtype, shape and data_offsets", property.Value.GetRawText());
        }

        var type = ReadType(Member(property.Value, "dtype", name, path), name, path);
        var shape = ReadShape(Member(property.Value, "shape", name, path), name, path);
        var offsets = ReadNumbers(Member(property.Value, "data_offsets", name, path), "data_offsets", name, path);
        if (offsets is not [var start, var end] || start < 0 || end < start)
        {
            throw new WeightFileException(
                path, name, "data_offsets of a start and an end that is not before it", $"[{string.Join(", ", offsets)}]");
        }

        // Cannot overflow: at most Array.MaxLength elements of 8 bytes.
        var bytes = (long)shape.Elements * type.Size;
        return end - start == bytes
            ? new StoredTensor(name, type.Name, shape, start, end)
            : throw new WeightFileException(
                path, name, $"{bytes} bytes for {type.Name} {shape}", $"data_offsets [{start}, {end}] of {end - start} bytes");
    }

    private static JsonElement Member(JsonElement json, string member, string name, string path) =>
        json.TryGetProperty(member, out var value)
            ? value
            : throw new WeightFileException(path, name, $"an object with {member}", json.GetRawText());

    private static ElementType ReadType(JsonElement json, string name, string path) =>
        JsonText.String(json) is { } text && ElementType.Find(text) is { } type
            ? type
            : throw new WeightFileException(path, name, $"a dtype of {ElementType.Names}", json.GetRawText());

    private static Shape ReadShape(JsonElement json, string name, string path)
    {
        var lengths = ReadNumbers(json, "shape", name, path);
        if (lengths.Count > MaxAxes)
        {
            throw new WeightFileException(path, name, $"a shape of at most {MaxAxes} axes", $"{lengths.Count}");
        }

        // Checked factor by factor, because the product can overflow: 2⁴⁰ × 2⁴⁰ × 0 elements is not a valid shape either.
        long count = 1;
        foreach (var length in lengths)
        {
            if (length < 0)
            {
                throw new WeightFileException(path, name, "a shape of lengths from 0", json.GetRawText());
            }

            if (length > int.MaxValue || (count *= length) > Array.MaxLength)
            {
                throw new WeightFileException(path, name, $"a shape of at most {Array.MaxLength} elements", json.GetRawText());
            }
        }

        return lengths.Select(length => (int)length).ToArray();
    }

    private static List<long> ReadNumbers(JsonElement json, string member, string name, string path)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new WeightFileException(path, name, $"{member} as an array of integers", json.GetRawText());
        }

        return [.. json.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number)
            ? number
            : throw new WeightFileException(path, name, $"{member} as an array of integers", json.GetRawText()))];
    }
}
