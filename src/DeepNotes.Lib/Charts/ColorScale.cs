using System.Globalization;

namespace DeepNotes;

/// <summary>The colour scale of a heat map or a coloured scatter chart.</summary>
public enum ColorScale
{
    /// <summary>Light to dark blue, for amounts, probabilities, counts. Its lightness decreases evenly, so that greyscale print keeps the order.</summary>
    Sequential,

    /// <summary>Blue through near-white to orange, symmetric about zero, for weights, gradients, differences.</summary>
    Diverging,

    /// <summary>Indigo through teal to gold, for markers, whose lightest colour must be visible on white.</summary>
    Vivid,

    /// <summary>Black to white, for images.</summary>
    Grey,
}

/// <summary>The colour mapping of a trace: a scale between two numbers, shown by a colour bar.</summary>
internal sealed record ColorKey(ColorScale Scale, double Min, double Max)
{
    /// <summary>The mapping that covers the finite values; a diverging scale is symmetric, with its neutral middle at zero.</summary>
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

/// <summary>A colour for each number in [0, 1], by linear interpolation in sRGB between evenly spaced stops.</summary>
internal sealed class ColorRamp
{
    private static readonly ColorRamp Sequential = new(
        0xf4f8fc, 0xd6e5f3, 0xaacfe6, 0x74b1d7, 0x4190c3, 0x1c6ca8, 0x0b4a84, 0x08305e, 0x061d3d);

    private static readonly ColorRamp Diverging = new(
        0x053a70, 0x2470ad, 0x67a5cf, 0xb3d2e6, 0xf7f7f5, 0xf6d0b0, 0xea9a5b, 0xc9611b, 0x8a3503);

    private static readonly ColorRamp Vivid = new(0x30186b, 0x2f5aa8, 0x1f918f, 0x8fb03c, 0xf0b429);

    private static readonly ColorRamp Grey = new(0x000000, 0xffffff);

    private readonly int[] _stops;

    private ColorRamp(params int[] stops) => _stops = stops;

    public static ColorRamp Of(ColorScale scale) => scale switch
    {
        ColorScale.Sequential => Sequential,
        ColorScale.Diverging => Diverging,
        ColorScale.Vivid => Vivid,
        ColorScale.Grey => Grey,
        _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, "Expected a member of ColorScale."),
    };

    /// <summary>The stops as pairs of position and colour, as in plotly.js.</summary>
    public IEnumerable<(double Position, string Color)> Stops =>
        _stops.Select((stop, i) => (i / (double)(_stops.Length - 1), Hex(stop)));

    /// <summary>The colour at <paramref name="position"/> as 0xRRGGBB.</summary>
    public int Rgb(double position)
    {
        var scaled = Math.Clamp(position, 0, 1) * (_stops.Length - 1);
        var lower = Math.Min((int)scaled, _stops.Length - 2);
        var (from, to, t) = (_stops[lower], _stops[lower + 1], scaled - lower);
        int Mix(int shift) =>
            (int)Math.Round(((from >> shift) & 255) * (1 - t) + ((to >> shift) & 255) * t) << shift;
        return Mix(16) | Mix(8) | Mix(0);
    }

    public static string Hex(int rgb) => "#" + rgb.ToString("x6", CultureInfo.InvariantCulture);

    /// <summary>Whether white text has more contrast on this colour than dark text (relative luminance of WCAG 2).</summary>
    public static bool IsDark(int rgb)
    {
        static double Linear(int channel) => Math.Pow(channel / 255.0, 2.2);
        return 0.2126 * Linear((rgb >> 16) & 255) + 0.7152 * Linear((rgb >> 8) & 255) + 0.0722 * Linear(rgb & 255) < 0.30;
    }
}
