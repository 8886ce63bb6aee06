namespace DeepNotes;

/// <summary>Bins of equal width, [edge(i), edge(i + 1)); the last one includes its right edge.</summary>
internal readonly record struct HistogramBins(double Start, double Width, int Count)
{
    private const int MaxCount = 80;

    public double Edge(int index) => Start + index * Width;

    /// <summary>Common bins for several samples.</summary>
    public static HistogramBins Of(IReadOnlyList<double[]> samples, int bins, (double Min, double Max)? range)
    {
        const string operation = "Chart.Histogram";
        Check.AtLeast(0, bins, operation);
        if (range is var (min, max) && !(double.IsFinite(max - min) && min < max))
        {
            throw new ArgumentException($"{operation}: expected a range (min, max) of finite numbers with min < max, got ({min}, {max}).", nameof(range));
        }
        var given = range is null ? (Extent?)null : new Extent(range.Value.Min, range.Value.Max, IsIntegral: false);
        var placed = samples.SelectMany(sample => sample)
            .Where(value => Extent.IsDrawable(value, positiveOnly: false)
                && (given is not { } inside || (value >= inside.Min && value <= inside.Max)))
            .Order().ToArray();
        var extent = given ?? Extent.Of(placed, positiveOnly: false);
        if (extent.IsEmpty)
        {
            return new(0, 1, 0);
        }
        if (extent.IsPoint)
        {
            var width = Math.Max(1, Math.Abs(extent.Min) / 10);
            return new(extent.Min - width / 2, width, 1);
        }
        return bins > 0 ? new(extent.Min, (extent.Max - extent.Min) / bins, bins)
            : range is null ? AtRoundNumbers(extent, samples, placed)
            : EqualParts(extent, samples, placed);
    }

    public double[] CountOf(double[] values)
    {
        var counts = new double[Count];
        foreach (var value in values)
        {
            var bin = (value - Start) / Width;
            if (bin >= 0 && bin <= Count && Count > 0)
            {
                counts[Math.Min((int)bin, Count - 1)]++;
            }
        }
        return counts;
    }

    /// <summary>Divides a given range into equal bins.</summary>
    private static HistogramBins EqualParts(Extent extent, IReadOnlyList<double[]> samples, double[] sorted)
    {
        var count = FreedmanDiaconisCount(extent, samples, sorted);
        return new(extent.Min, (extent.Max - extent.Min) / count, count);
    }

    /// <summary>Bins with edges at round numbers; for integers, with the integers in the middle.</summary>
    private static HistogramBins AtRoundNumbers(Extent extent, IReadOnlyList<double[]> samples, double[] sorted)
    {
        var isCountable = extent.IsIntegral && extent.Max - extent.Min < MaxCount / 2;
        var width = isCountable ? 1
            : Ticks.Step(extent.Max - extent.Min, FreedmanDiaconisCount(extent, samples, sorted) * 3 / 2, extent.IsIntegral);
        var start = Math.Floor(extent.Min / width) * width - (extent.IsIntegral ? 0.5 : 0);
        return new(start, width, Math.Max(1, (int)Math.Ceiling((extent.Max - start) / width - 1e-9)));
    }

    /// <summary>
    /// The number of bins by Freedman and Diaconis (1981): their width is twice the distance of the quartiles over the
    /// cube root of the sample's size, here the mean size of the samples.
    /// </summary>
    private static int FreedmanDiaconisCount(Extent extent, IReadOnlyList<double[]> samples, double[] sorted)
    {
        const int fewest = 5;
        if (sorted.Length == 0)
        {
            return fewest;
        }
        var size = Math.Max(1, sorted.Length / (double)samples.Count);
        var width = 2 * (Quantile.Of(sorted, 0.75) - Quantile.Of(sorted, 0.25)) / Math.Cbrt(size);
        var count = width > 0 ? (extent.Max - extent.Min) / width : Math.Log2(size) + 1;
        return (int)Math.Ceiling(Math.Clamp(count, fewest, MaxCount));
    }
}
