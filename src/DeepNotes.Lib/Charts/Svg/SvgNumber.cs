using System.Globalization;

namespace DeepNotes;

/// <summary>Formats a coordinate with at most two decimals, a decimal point in every culture, and no "-0".</summary>
internal static class SvgNumber
{
    public static string Format(double value)
    {
        var rounded = Math.Round(value, 2) + 0.0;
        return rounded.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
