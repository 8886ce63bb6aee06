namespace DeepNotes;

/// <summary>An axis ready to draw: where each value lies between its two ends, and which places are labelled.</summary>
internal abstract class Axis(AxisSettings settings)
{
    public string? Title { get; } = settings.Title;

    /// <summary>The values at both ends; null for an axis of names.</summary>
    public virtual (double Min, double Max)? Ends => null;

    /// <summary>The share of the axis before <paramref name="value"/>: 0 at its start, 1 at its end, NaN for no place.</summary>
    public abstract double Fraction(double value);

    /// <summary>Labelled places, about <paramref name="maxCount"/> of them where the axis may choose.</summary>
    public abstract IReadOnlyList<Tick> Ticks(int maxCount);

    /// <summary>The axis that holds the given extent; logarithmic or linear as set, with room at both ends.</summary>
    public static Axis Over(Extent extent, AxisSettings settings, double padding)
    {
        if (extent.IsEmpty)
        {
            extent = settings.IsLog ? new(1, 10, true) : new(0, 1, false);
        }
        return settings.IsLog ? LogAxis.Covering(extent, settings) : LinearAxis.Covering(extent, settings, padding);
    }
}

/// <summary>Equal steps for equal differences.</summary>
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

/// <summary>Equal steps for equal ratios; zero and negative numbers have no place.</summary>
internal sealed class LogAxis : Axis
{
    private readonly double _min;
    private readonly double _max;

    private LogAxis(double min, double max, AxisSettings settings)
        : base(settings) => (_min, _max) = (min, max);

    public static LogAxis Covering(Extent extent, AxisSettings settings)
    {
        // A twentieth of the decades at both ends, and a third of a decade where there is one value only.
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

/// <summary>One equal share for each label, in the order of first appearance; the i-th label lies at i.</summary>
internal sealed class CategoryAxis(IReadOnlyList<string> labels, AxisSettings settings) : Axis(settings)
{
    public override double Fraction(double value) => (value + 0.5) / labels.Count;

    public override IReadOnlyList<Tick> Ticks(int maxCount) => [.. labels.Select((label, i) => new Tick(i, label))];
}
