namespace DeepNotes;

/// <summary>
/// The safetensors format, which PyTorch's world exchanges weights in: 8 bytes with the length of a header
/// (little-endian), the header in JSON (each tensor's <c>dtype</c>, <c>shape</c> and <c>data_offsets</c>, and a map of
/// strings under <c>__metadata__</c>), then the values of all tensors, little-endian and row-major, without gaps.
/// Nothing in a file is trusted: each number is checked before anything is allocated by it.
/// </summary>
public static class Safetensors
{
    /// <summary>
    /// Writes tensors as float32, in the order of the reference implementation (by name), so that the same tensors
    /// give the same bytes. An existing file is replaced once the new one is whole.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">The tensors by their names in the file.</param>
    /// <param name="metadata">What else to say about them. Some readers want <c>["format"] = "pt"</c>.</param>
    /// <exception cref="ArgumentException">A name that the format cannot hold.</exception>
    /// <exception cref="WeightFileException">The file cannot be written; an earlier one is still there.</exception>
    public static void Save(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = Utf8Name.Order(tensors);
        var header = HeaderWriter.Write(path, ordered, metadata);
        AtomicFile.Write(path, file =>
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
    /// Reads all tensors, as float32, onto the current device, piece by piece: the file is never in memory as a whole.
    /// Reads F32, F64, F16, BF16, BOOL and the integers of 8 to 64 bits.
    /// </summary>
    /// <exception cref="WeightFileException">
    /// No such file, not a safetensors file, a damaged or cut one, or values that float32 cannot hold: integers beyond
    /// 2²⁴ that would be rounded, and F64 beyond its range.
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

    /// <summary>Reads what a file holds, without the values.</summary>
    /// <exception cref="WeightFileException">No such file, not a safetensors file, or a damaged or cut one.</exception>
    public static WeightFileHeader ReadHeader(string path)
    {
        using var file = InputFile.Open(path);
        return HeaderReader.Read(file);
    }
}
