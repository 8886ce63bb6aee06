using System.Globalization;

namespace DeepNotes;

/// <summary>A coordinate as text: two decimals at most, a point in every culture, never "-0".</summary>
internal static class SvgNumber
{
    public static string Format(double value)
    {
        var rounded = Math.Round(value, 2) + 0.0;
        return rounded.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
