namespace DeepNotes;

/// <summary>The meaning of colours in a trace: a scale between two numbers, explained by a colour bar.</summary>
internal sealed record ColorKey(ColorScale Scale, double Min, double Max)
{
    /// <summary>Covers the finite values; a diverging scale is symmetric, so that zero has its neutral middle.</summary>
    public static ColorKey Over(ReadOnlySpan<double> values, ColorScale scale)
    {
        var extent = Extent.Of(values, positiveOnly: false);
        if (extent.IsEmpty)
        {
            return new(scale, scale == ColorScale.Diverging ? -1 : 0, 1);
        }
        if (scale == ColorScale.Diverging)
        {
            var largest = Math.Max(Math.Abs(extent.Min), Math.Abs(extent.Max));
            return largest < Extent.Smallest ? new(scale, -1, 1) : new(scale, -largest, largest);
        }
        return extent.IsPoint ? new(scale, extent.Min, extent.Min + 1) : new(scale, extent.Min, extent.Max);
    }

    public int Rgb(double value) => ColorRamp.Of(Scale).Rgb((value - Min) / (Max - Min));
}
