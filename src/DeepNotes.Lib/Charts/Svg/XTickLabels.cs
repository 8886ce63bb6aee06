namespace DeepNotes;

/// <summary>
/// The tick labels under a plot: horizontal if they fit, rotated if categories are wider than their slots, and only every
/// n-th if there are too many.
/// </summary>
internal sealed class XTickLabels
{
    public static readonly XTickLabels None = new();

    private const double Apart = 12;
    private const double Angle = 40;
    private const double LongestTurned = 130;
    private const double ShortLabel = 30;

    private readonly bool _isTurned;

    private XTickLabels() => Ticks = [];

    public XTickLabels(Axis axis, double width)
    {
        Ticks = axis is CategoryAxis ? axis.Ticks(0) : DensestThatFit(axis, width);
        var widest = Widest(Ticks);
        if (axis is CategoryAxis)
        {
            var spacing = width / Ticks.Count;
            _isTurned = widest + Apart / 2 > spacing && widest > ShortLabel;
            var needed = _isTurned ? Style.TickSize * 1.2 : widest + Apart / 2;
            var every = Math.Max(1, (int)Math.Ceiling(needed / spacing));
            Ticks = [.. Ticks.Where((_, i) => i % every == 0)
                .Select(tick => tick with { Label = TextMetrics.Fit(tick.Label, Style.TickSize, LongestTurned) })];
        }
        LeftOverhang = _isTurned
            ? Ticks.Max(tick => Math.Cos(Angle * Math.PI / 180) * Width(tick) - axis.Fraction(tick.Value) * width)
            : 0;
        Height = _isTurned
            ? Math.Sin(Angle * Math.PI / 180) * Widest(Ticks) + Style.TickSize
            : Style.TickSize;
    }

    public IReadOnlyList<Tick> Ticks { get; }

    public double Height { get; }

    /// <summary>The distance by which rotated labels extend beyond the left end of the axis.</summary>
    public double LeftOverhang { get; }

    public void Draw(SvgCanvas canvas, PlotArea area, double gap)
    {
        foreach (var tick in Ticks)
        {
            var x = area.X(tick.Value);
            if (area.Panel.X is not CategoryAxis)
            {
                canvas.Line(x, area.Box.Bottom, x, area.Box.Bottom + Style.TickLength, Style.AxisColor);
            }
            var y = area.Box.Bottom + Style.TickLength + gap + Style.TickSize * 0.75;
            canvas.Text(
                _isTurned ? x + 4 : x, y, tick.Label, Style.TickSize, Style.TextColor,
                _isTurned ? Anchor.End : Anchor.Middle, rotate: _isTurned ? -Angle : 0);
        }
    }

    private static IReadOnlyList<Tick> DensestThatFit(Axis axis, double width)
    {
        for (var most = Math.Max(2, (int)(width / 60)); ; most--)
        {
            var ticks = axis.Ticks(most);
            if (most == 2 || Fits(axis, ticks, width))
            {
                return ticks;
            }
        }
    }

    private static bool Fits(Axis axis, IReadOnlyList<Tick> ticks, double width) =>
        ticks.Zip(ticks.Skip(1)).All(pair =>
            (axis.Fraction(pair.Second.Value) - axis.Fraction(pair.First.Value)) * width
                >= (Width(pair.First) + Width(pair.Second)) / 2 + Apart);

    private static double Widest(IEnumerable<Tick> ticks) => ticks.Select(Width).DefaultIfEmpty(0).Max();

    private static double Width(Tick tick) => TextMetrics.Width(tick.Label, Style.TickSize);
}
