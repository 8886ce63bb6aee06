using System.Globalization;

namespace DeepNotes;

/// <summary>Formats numbers with four significant digits; integers are exact up to a million.</summary>
internal static class ShortNumber
{
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }
        var size = Math.Abs(value);
        var isPlainInteger = value == Math.Truncate(value) && size < 1e6;
        return isPlainInteger || size is >= 1e-4 and < 1e6
            ? ((decimal)value).ToString(isPlainInteger ? "0" : DecimalsFor(size), CultureInfo.InvariantCulture)
            : value.ToString("0.###e0", CultureInfo.InvariantCulture);
    }

    /// <summary>Replaces hyphens by minus signs (U+2212), for display.</summary>
    public static string Drawn(string number) => number.Replace('-', '−');

    private static string DecimalsFor(double size) => size switch
    {
        >= 1000 => "0",
        >= 100 => "0.#",
        >= 10 => "0.##",
        >= 1 => "0.###",
        >= 0.1 => "0.####",
        >= 0.01 => "0.#####",
        >= 0.001 => "0.######",
        _ => "0.#######",
    };
}
