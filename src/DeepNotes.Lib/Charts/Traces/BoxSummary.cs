namespace DeepNotes;

/// <summary>The statistics of a box plot: quartiles, whiskers, and outliers.</summary>
internal sealed record BoxSummary(
    double Quartile1, double Median, double Quartile3, double LowerWhisker, double UpperWhisker, double[] Outliers)
{
    /// <summary>The maximum number of outliers drawn on each side; more would overlap to a solid line.</summary>
    private const int MaxOutliersPerSide = 40;

    public IEnumerable<double> Marks => Outliers.Concat([LowerWhisker, Quartile1, Median, Quartile3, UpperWhisker]);

    public static BoxSummary Of(double[] values)
    {
        var sorted = values.Where(value => Extent.IsDrawable(value, positiveOnly: false)).Order().ToArray();
        if (sorted.Length == 0)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, []);
        }
        var (first, median, third) = (Quantile.Of(sorted, 0.25), Quantile.Of(sorted, 0.5), Quantile.Of(sorted, 0.75));
        var reach = 1.5 * (third - first);
        var below = sorted.Where(value => value < first - reach).ToArray();
        var above = sorted.Where(value => value > third + reach).ToArray();
        return new(
            first, median, third, Math.Min(first, sorted[below.Length]), Math.Max(third, sorted[^(above.Length + 1)]),
            [.. Thinned(below), .. Thinned(above)]);
    }

    public override string ToString() => double.IsNaN(Median)
        ? "without finite values"
        : $"median {ShortNumber.Format(Median)} ({ShortNumber.Format(Quartile1)} to {ShortNumber.Format(Quartile3)})";

    /// <summary>A selection evenly spaced by rank, including the first and the last.</summary>
    private static IEnumerable<double> Thinned(double[] sorted) => sorted.Length <= MaxOutliersPerSide
        ? sorted
        : Enumerable.Range(0, MaxOutliersPerSide).Select(i => sorted[i * (sorted.Length - 1) / (MaxOutliersPerSide - 1)]);
}
