namespace DeepNotes;

/// <summary>The area within a pair of axes: converts data coordinates to pixels.</summary>
internal sealed class PlotArea(Panel panel, Box box)
{
    public Panel Panel { get; } = panel;

    public Box Box { get; } = box;

    /// <summary>Pixels are clamped to this magnitude, beyond which renderers fail; the visible slope of a line does not change.</summary>
    private const double Farthest = 1e6;

    public double X(double value) => Pixel(value, Box.Left + Panel.X.Fraction(value) * Box.Width);

    public double Y(double value) => Pixel(value, Panel.YIsDown
        ? Box.Top + Panel.Y.Fraction(value) * Box.Height
        : Box.Bottom - Panel.Y.Fraction(value) * Box.Height);

    private static double Pixel(double value, double pixel) =>
        Extent.IsDrawable(value, positiveOnly: false) ? Math.Clamp(pixel, -Farthest, Farthest) : double.NaN;
}
