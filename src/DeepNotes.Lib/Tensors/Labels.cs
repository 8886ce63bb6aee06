namespace DeepNotes;

/// <summary>Class labels: numbers from 0 to C-1, one for each sample.</summary>
internal static class Labels
{
    /// <summary>Throws unless there are <paramref name="count"/> labels, each in 0 … classes-1.</summary>
    public static void Check(string operation, int[] labels, int count, int classes)
    {
        if (labels.Length != count)
        {
            throw new ShapeException($"{operation}: expected {count} labels, one for each row, got {labels.Length}.");
        }

        var wrong = Array.FindIndex(labels, label => (uint)label >= (uint)classes);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels), $"{operation}: label {labels[wrong]} of sample {wrong}: expected 0 to {classes - 1}.");
        }
    }
}
