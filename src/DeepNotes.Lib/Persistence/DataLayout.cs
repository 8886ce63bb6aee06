namespace DeepNotes;

/// <summary>
/// Checks that the tensors of a file cover its data exactly. A gap could hide arbitrary bytes, and overlapping tensors
/// could expand a small file into a large amount of memory.
/// </summary>
internal static class DataLayout
{
    /// <summary>The tensors, ordered by the position of their values.</summary>
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
