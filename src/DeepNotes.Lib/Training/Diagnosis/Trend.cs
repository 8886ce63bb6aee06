namespace DeepNotes;

/// <summary>The direction of a curve at its end.</summary>
internal enum TrendDirection
{
    Falling,
    Flat,
    Rising,
}

/// <summary>
/// The trend of the second half of a curve, at least three points: the slope of the least-squares line through it. It is
/// flat if the line changes by at most 2% of the mean level or by at most 1% of the range of the whole curve, or if it is
/// not significant, |slope| ≤ 2 standard errors.
/// </summary>
internal sealed record Trend(TrendDirection Direction, double First, double Last)
{
    public const int MinPoints = 3;

    private const double FractionOfLevel = 0.02;
    private const double FractionOfRange = 0.01;
    private const double StandardErrors = 2;

    public static Trend Of(IReadOnlyList<double> curve)
    {
        var tail = curve.Skip(Math.Min(curve.Count / 2, curve.Count - MinPoints)).ToArray();
        var (middle, mean) = ((tail.Length - 1) / 2.0, tail.Average());
        var sumOfSquares = tail.Select((_, i) => (i - middle) * (i - middle)).Sum();
        var slope = tail.Select((y, i) => (i - middle) * (y - mean)).Sum() / sumOfSquares;
        var residuals = tail.Select((y, i) => y - mean - slope * (i - middle)).Sum(residual => residual * residual);
        var standardError = Math.Sqrt(residuals / (tail.Length - 2) / sumOfSquares);

        var change = slope * (tail.Length - 1);
        var threshold = Math.Max(FractionOfLevel * Math.Abs(mean), FractionOfRange * (curve.Max() - curve.Min()));
        var isFlat = Math.Abs(change) <= threshold || Math.Abs(slope) <= StandardErrors * standardError;
        return new Trend(
            isFlat ? TrendDirection.Flat : change < 0 ? TrendDirection.Falling : TrendDirection.Rising, tail[0], tail[^1]);
    }

    public override string ToString() => $"{(Direction switch
    {
        TrendDirection.Falling => "falls",
        TrendDirection.Rising => "rises",
        _ => "is flat",
    })} ({First:G3} to {Last:G3})";
}
