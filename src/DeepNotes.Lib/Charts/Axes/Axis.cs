namespace DeepNotes;

/// <summary>A resolved axis: maps values to positions between its two ends, and places the ticks.</summary>
internal abstract class Axis(AxisSettings settings)
{
    public string? Title { get; } = settings.Title;

    /// <summary>The values at both ends; null for a category axis.</summary>
    public virtual (double Min, double Max)? Ends => null;

    /// <summary>The position of <paramref name="value"/>: 0 at the start of the axis, 1 at its end, NaN if it has no position.</summary>
    public abstract double Fraction(double value);

    /// <summary>The ticks, about <paramref name="maxCount"/> of them on a continuous axis.</summary>
    public abstract IReadOnlyList<Tick> Ticks(int maxCount);

    /// <summary>The axis that covers the given extent, logarithmic or linear, with padding at both ends.</summary>
    public static Axis Over(Extent extent, AxisSettings settings, double padding)
    {
        if (extent.IsEmpty)
        {
            extent = settings.IsLog ? new(1, 10, true) : new(0, 1, false);
        }
        return settings.IsLog ? LogAxis.Covering(extent, settings) : LinearAxis.Covering(extent, settings, padding);
    }
}

/// <summary>A linear axis.</summary>
internal sealed class LinearAxis : Axis
{
    private readonly double _min;
    private readonly double _max;
    private readonly bool _integersOnly;

    private LinearAxis(double min, double max, bool integersOnly, AxisSettings settings)
        : base(settings) => (_min, _max, _integersOnly) = (min, max, integersOnly);

    public static LinearAxis Covering(Extent extent, AxisSettings settings, double padding)
    {
        var padded = extent.Padded(padding);
        var (min, max) = settings.Range ?? (padded.Min, padded.Max);
        return new(min, max, extent.IsIntegral, settings);
    }

    public override (double Min, double Max)? Ends => (_min, _max);

    public override double Fraction(double value) => (value - _min) / (_max - _min);

    public override IReadOnlyList<Tick> Ticks(int maxCount) => DeepNotes.Ticks.Linear(_min, _max, maxCount, _integersOnly);
}

/// <summary>A logarithmic axis; zero and negative numbers have no position.</summary>
internal sealed class LogAxis : Axis
{
    private readonly double _min;
    private readonly double _max;

    private LogAxis(double min, double max, AxisSettings settings)
        : base(settings) => (_min, _max) = (min, max);

    public static LogAxis Covering(Extent extent, AxisSettings settings)
    {
        // Padding of 5% of the decades at both ends; for a single value, 0.3 decades.
        var decades = Math.Log10(extent.Max) - Math.Log10(extent.Min);
        var room = Math.Pow(10, extent.IsTight ? 0 : decades > 0 ? 0.05 * decades : 0.3);
        var (min, max) = settings.Range
            ?? (Math.Max(extent.Min / room, Extent.Smallest), Math.Min(extent.Max * room, Extent.Largest));
        return new(min, max, settings);
    }

    public override (double Min, double Max)? Ends => (_min, _max);

    public override double Fraction(double value) =>
        value > 0 ? (Math.Log(value) - Math.Log(_min)) / (Math.Log(_max) - Math.Log(_min)) : double.NaN;

    public override IReadOnlyList<Tick> Ticks(int maxCount) => DeepNotes.Ticks.Logarithmic(_min, _max, maxCount);
}

/// <summary>A category axis: one slot of equal width per label, in the order of first appearance; the i-th label is at position i.</summary>
internal sealed class CategoryAxis(IReadOnlyList<string> labels, AxisSettings settings) : Axis(settings)
{
    public override double Fraction(double value) => (value + 0.5) / labels.Count;

    public override IReadOnlyList<Tick> Ticks(int maxCount) => [.. labels.Select((label, i) => new Tick(i, label))];
}
