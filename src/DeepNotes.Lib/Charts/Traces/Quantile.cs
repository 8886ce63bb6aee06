namespace DeepNotes;

/// <summary>The value below which a share of a sample lies, by straight lines between the ordered values.</summary>
internal static class Quantile
{
    public static double Of(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + (position - lower) * (sorted[upper] - sorted[lower]);
    }
}
