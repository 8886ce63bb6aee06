using System.Globalization;

namespace DeepNotes;

/// <summary>Ticks at round numbers: steps of 1, 2 or 5 times a power of ten; decades on a logarithmic axis.</summary>
internal static class Ticks
{
    private static readonly double[] StepDigits = [1, 2, 5, 10];

    /// <summary>At most <paramref name="maxCount"/> ticks (two at least) at multiples of one step between the bounds.</summary>
    public static IReadOnlyList<Tick> Linear(double min, double max, int maxCount, bool integersOnly)
    {
        var step = Step(max - min, Math.Max(2, maxCount), integersOnly);
        var decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
        var isScientific = Math.Max(Math.Abs(min), Math.Abs(max)) is >= 1e6 or < 1e-3;
        var first = (long)Math.Ceiling(min / step - 1e-9);
        var last = (long)Math.Floor(max / step + 1e-9);
        var ticks = new List<Tick>();
        for (var i = first; i <= last; i++)
        {
            var value = i * step;
            ticks.Add(new(value, isScientific ? Scientific(value) : Plain(value, decimals)));
        }
        return ticks;
    }

    /// <summary>Powers of ten between the bounds, every n-th if there are too many; also their multiples if there are few.</summary>
    public static IReadOnlyList<Tick> Logarithmic(double min, double max, int maxCount)
    {
        var first = (int)Math.Floor(Math.Log10(min) + 1e-9);
        var last = (int)Math.Ceiling(Math.Log10(max) - 1e-9);
        double[] digits = (Math.Log10(max) - Math.Log10(min)) switch
        {
            < 0.7 => [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9],
            < 2 => [1, 2, 5],
            _ => [1],
        };
        var every = digits.Length > 1 ? 1 : Math.Max(1, (int)Math.Ceiling((last - first + 1.0) / Math.Max(2, maxCount)));
        var isPlain = first >= -3 && last <= 4;
        var ticks = new List<Tick>();
        for (var power = first; power <= last; power++)
        {
            foreach (var digit in power % every == 0 ? digits : [])
            {
                var value = digit * Math.Pow(10, power);
                if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9))
                {
                    ticks.Add(new(value, isPlain ? value.ToString("#,0.####", CultureInfo.InvariantCulture) : Decade(digit, power)));
                }
            }
        }
        return ticks;
    }

    /// <summary>The smallest step of 1, 2 or 5 times a power of ten such that at most <paramref name="maxCount"/> steps cover the range.</summary>
    public static double Step(double range, int maxCount, bool integersOnly)
    {
        var raw = Math.Max(range, Extent.Smallest) / maxCount;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * StepDigits.First(digit => digit * power >= raw * (1 - 1e-9));
        return integersOnly ? Math.Max(1, step) : step;
    }

    private static string Plain(double value, int decimals)
    {
        var text = Math.Abs(value).ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
        return value < 0 && text.Any(c => c is >= '1' and <= '9') ? "−" + text : text;
    }

    private static string Scientific(double value)
    {
        if (value == 0)
        {
            return "0";
        }
        var parts = Math.Abs(value).ToString("0.###e0", CultureInfo.InvariantCulture).Split('e');
        return (value < 0 ? "−" : "") + (parts[0] == "1" ? "" : parts[0] + "·") + "10" + Superscript(parts[1]);
    }

    private static string Decade(double digit, int power) =>
        (digit == 1 ? "" : digit.ToString("0.#", CultureInfo.InvariantCulture) + "·")
        + "10" + Superscript(power.ToString(CultureInfo.InvariantCulture));

    private static string Superscript(string integer) =>
        string.Concat(integer.Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}

/// <summary>A labelled position on an axis.</summary>
internal readonly record struct Tick(double Value, string Label);
