namespace DeepNotes;

/// <summary>The settings of an axis given by the author; null for those that follow from the data.</summary>
internal sealed record AxisSettings(string? Title = null, (double Min, double Max)? Range = null, bool? Log = null)
{
    public bool IsLog => Log ?? false;

    /// <summary>These settings, completed by those of the other.</summary>
    public AxisSettings Or(AxisSettings other) => new(Title ?? other.Title, Range ?? other.Range, Log ?? other.Log);

    /// <summary>Returns the settings if the range is valid; checked when the range is set, not when it is drawn.</summary>
    public AxisSettings Checked(string operation)
    {
        if (Range is not var (min, max))
        {
            return this;
        }
        if (!(Math.Abs(min) <= Extent.Largest && Math.Abs(max) <= Extent.Largest && min < max))
        {
            throw new ArgumentException(
                $"{operation}: expected a range (min, max) of finite numbers with min < max, got ({min}, {max}).");
        }
        if (IsLog && min <= 0)
        {
            throw new ArgumentException(
                $"{operation}: expected a range above zero on a logarithmic axis, got ({min}, {max}). "
                + "Start at the smallest positive value to show, or leave log off.");
        }
        return this;
    }
}
