namespace DeepNotes;

/// <summary>Class labels: numbers from 0 to C-1, one for each sample.</summary>
internal static class Labels
{
    /// <summary>Throws unless each index is in 0 … length-1.</summary>
    public static void CheckIndices(string operation, int[] indices, int length)
    {
        if (Array.FindIndex(indices, index => (uint)index >= (uint)length) is var position and >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(indices), $"{operation}: index {indices[position]} at position {position}: expected {(length == 0 ? "none, there is nothing to take" : $"0 to {length - 1}")}.");
        }
    }

    /// <summary>Throws unless there are <paramref name="count"/> labels, each in 0 … classes-1.</summary>
    public static void Check(string operation, int[] labels, int count, int classes)
    {
        if (labels.Length != count)
        {
            throw new ShapeException($"{operation}: expected {count} labels, one for each row, got {labels.Length}.");
        }

        for (var sample = 0; sample < labels.Length; sample++)
        {
            if ((uint)labels[sample] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), $"{operation}: label {labels[sample]} of sample {sample}: expected {(classes == 0 ? "none, there are no classes" : $"0 to {classes - 1}")}.");
            }
        }
    }
}
