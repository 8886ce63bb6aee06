namespace DeepNotes;

/// <summary>Quantiles of a sample, by linear interpolation between the order statistics at p·(n - 1).</summary>
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
