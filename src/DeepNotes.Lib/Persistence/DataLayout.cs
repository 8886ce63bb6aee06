namespace DeepNotes;

/// <summary>
/// The values of a file's tensors must cover its data exactly. A hole could hide anything, and tensors that overlap
/// could unfold a small file into a large one.
/// </summary>
internal static class DataLayout
{
    /// <summary>The tensors in the order of their values.</summary>
    public static IReadOnlyList<StoredTensor> Order(IEnumerable<StoredTensor> tensors, long dataBytes, string path)
    {
        var ordered = tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End).ToList();
        var covered = 0L;
        foreach (var tensor in ordered)
        {
            if (tensor.End > dataBytes)
            {
                throw new WeightFileException(
                    path, tensor.Name, $"values up to byte {tensor.End} of the data", $"{dataBytes} bytes of data: the file is cut off");
            }

            if (tensor.Start != covered)
            {
                throw new WeightFileException(
                    path,
                    tensor.Name,
                    $"values from byte {covered} of the data, where those before end",
                    $"{tensor.Start}: {(tensor.Start < covered ? "an overlap" : "a hole")}");
            }

            covered = tensor.End;
        }

        return covered == dataBytes
            ? ordered
            : throw new WeightFileException(path, null, $"{covered} bytes of data", $"{dataBytes}: more than the header describes");
    }
}
