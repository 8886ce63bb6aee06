namespace DeepNotes;

/// <summary>The inside of a pair of axes: turns data coordinates into pixels.</summary>
internal sealed class PlotArea(Panel panel, Box box)
{
    public Panel Panel { get; } = panel;

    public Box Box { get; } = box;

    public double X(double value) => Box.Left + Panel.X.Fraction(value) * Box.Width;

    public double Y(double value) => Panel.YIsDown
        ? Box.Top + Panel.Y.Fraction(value) * Box.Height
        : Box.Bottom - Panel.Y.Fraction(value) * Box.Height;
}
