namespace DeepNotes;

/// <summary>
/// The safetensors format, the usual exchange format for weights: 8 bytes with the length of the header (little-endian),
/// the header in JSON (each tensor's <c>dtype</c>, <c>shape</c> and <c>data_offsets</c>, and a map of strings under
/// <c>__metadata__</c>), then the values of all tensors, little-endian and row-major, without gaps. Files are not trusted:
/// every number is checked before memory is allocated for it.
/// </summary>
public static class Safetensors
{
    /// <summary>
    /// Writes tensors as float32, in the order of the reference implementation (by name), so that the same tensors
    /// give the same bytes. An existing file is replaced atomically.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">The tensors by their names in the file.</param>
    /// <param name="metadata">Strings to store with them. Some readers require <c>["format"] = "pt"</c>.</param>
    /// <exception cref="ArgumentException">A name is not valid in the format.</exception>
    /// <exception cref="WeightFileException">The file cannot be written; an existing one is unchanged.</exception>
    public static void Save(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = Utf8Name.Order(tensors);
        var header = HeaderWriter.Write(path, ordered, metadata);
        AtomicFile.WriteWeights(path, file =>
        {
            file.Write(header);
            var writer = new TensorWriter(file);
            foreach (var (_, tensor) in ordered)
            {
                writer.Write(tensor);
            }
        });
    }

    /// <summary>
    /// Reads all tensors as float32 onto the current device, in chunks: the file is never in memory as a whole. Supports F32,
    /// F64, F16, BF16, BOOL and integers of 8 to 64 bits.
    /// </summary>
    /// <exception cref="WeightFileException">
    /// The file does not exist, is not in the safetensors format, is damaged or truncated, or contains values that float32
    /// cannot represent: integers above 2²⁴ that would be rounded, and F64 values out of range.
    /// </exception>
    public static WeightFile Load(string path)
    {
        using var file = InputFile.Open(path);
        var header = HeaderReader.Read(file);
        var reader = new TensorReader(file, header.DataStart);
        var tensors = new OrderedDictionary<string, Tensor>(header.Tensors.Count, StringComparer.Ordinal);
        foreach (var stored in header.Tensors)
        {
            tensors.Add(stored.Name, reader.Read(stored));
        }

        return new WeightFile(header, tensors);
    }

    /// <summary>Reads the header of a file, without the values.</summary>
    /// <exception cref="WeightFileException">The file does not exist, is not in the safetensors format, or is damaged or truncated.</exception>
    public static WeightFileHeader ReadHeader(string path)
    {
        using var file = InputFile.Open(path);
        return HeaderReader.Read(file);
    }
}
