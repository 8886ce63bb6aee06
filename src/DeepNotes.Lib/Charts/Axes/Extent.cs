namespace DeepNotes;

/// <summary>The interval that data cover on an axis; <see cref="Empty"/> if nothing can be drawn.</summary>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="IsIntegral">All values are integers, so that ticks between them would be meaningless.</param>
/// <param name="IsTight">The trace fills the interval to its edges, so the axis adds no padding.</param>
internal readonly record struct Extent(double Min, double Max, bool IsIntegral, bool IsTight = false)
{
    /// <summary>The largest magnitude that can be drawn: beyond it, or below its reciprocal on a logarithmic axis, the arithmetic of the layout overflows.</summary>
    public const double Largest = 1e300;

    public const double Smallest = 1 / Largest;

    public static readonly Extent Empty = new(double.PositiveInfinity, double.NegativeInfinity, true);

    public bool IsEmpty => Min > Max;

    /// <summary>A single value, or values too close to each other to be resolved.</summary>
    public bool IsPoint => Max - Min < Smallest;

    /// <summary>The extent of the values that can be drawn: finite and, on a logarithmic axis, positive.</summary>
    public static Extent Of(ReadOnlySpan<double> values, bool positiveOnly)
    {
        var extent = Empty;
        foreach (var value in values)
        {
            if (IsDrawable(value, positiveOnly))
            {
                extent = new(
                    Math.Min(extent.Min, value), Math.Max(extent.Max, value),
                    extent.IsIntegral && value == Math.Truncate(value));
            }
        }
        return extent;
    }

    /// <summary>Whether a value can be drawn on an axis; if not, the figure has a gap.</summary>
    public static bool IsDrawable(double value, bool positiveOnly) =>
        Math.Abs(value) <= Largest && (value >= Smallest || !positiveOnly);

    public Extent Union(Extent other) =>
        IsEmpty ? other
        : other.IsEmpty ? this
        : new(Math.Min(Min, other.Min), Math.Max(Max, other.Max), IsIntegral && other.IsIntegral, IsTight || other.IsTight);

    /// <summary>
    /// Adds padding so that no marker touches the frame, but not across zero: an axis of losses or counts should not show
    /// negative numbers.
    /// </summary>
    public Extent Padded(double fraction)
    {
        if (IsTight)
        {
            return this;
        }
        var room = IsPoint ? Math.Max(Math.Abs(Min) * 0.1, 0.5) : (Max - Min) * fraction;
        var min = Min >= 0 ? Math.Max(0, Min - room) : Min - room;
        var max = Max <= 0 ? Math.Min(0, Max + room) : Max + room;
        return this with { Min = min, Max = max > min ? max : min + 1 };
    }
}
