namespace DeepNotes;

/// <summary>Which way a curve goes at its end.</summary>
internal enum TrendDirection
{
    Falling,
    Flat,
    Rising,
}

/// <summary>
/// The trend of the second half of a curve, three points at least: the straight line of least squares through it. It
/// is flat where the line changes by less than 2% of the curve's level there and less than 1% of its whole range, or by
/// less than what the scatter of the points allows to tell, |slope| ≤ 2 standard errors.
/// </summary>
internal sealed record Trend(TrendDirection Direction, double First, double Last)
{
    public const int LeastPoints = 3;

    private const double ShareOfLevel = 0.02;
    private const double ShareOfRange = 0.01;
    private const double StandardErrors = 2;

    public static Trend Of(IReadOnlyList<double> curve)
    {
        var tail = curve.Skip(Math.Min(curve.Count / 2, curve.Count - LeastPoints)).ToArray();
        var (middle, mean) = ((tail.Length - 1) / 2.0, tail.Average());
        var spread = tail.Select((_, i) => (i - middle) * (i - middle)).Sum();
        var slope = tail.Select((y, i) => (i - middle) * (y - mean)).Sum() / spread;
        var scatter = tail.Select((y, i) => y - mean - slope * (i - middle)).Sum(rest => rest * rest);
        var error = Math.Sqrt(scatter / (tail.Length - 2) / spread);

        var change = slope * (tail.Length - 1);
        var least = Math.Max(ShareOfLevel * Math.Abs(mean), ShareOfRange * (curve.Max() - curve.Min()));
        var isFlat = Math.Abs(change) <= least || Math.Abs(slope) <= StandardErrors * error;
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
