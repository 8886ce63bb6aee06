namespace DeepNotes;

/// <summary>The colour bar to the right of a plot.</summary>
internal sealed class SvgColorBar(ColorKey key)
{
    private const int Steps = 64;
    private const double Gap = 14;

    private readonly IReadOnlyList<Tick> _ticks = Ticks.Linear(key.Min, key.Max, maxCount: 6, integersOnly: false);

    /// <summary>The width of the bar with its labels and its gap from the plot.</summary>
    public double Width => Gap + Style.ColorBarWidth + Style.TickLength + 4
        + _ticks.Select(tick => TextMetrics.Width(tick.Label, Style.TickSize)).DefaultIfEmpty(0).Max();

    public void Draw(SvgCanvas canvas, Box plot)
    {
        var bar = new Box(plot.Right + Gap, plot.Top, Style.ColorBarWidth, plot.Height);
        var step = bar.Height / Steps;
        for (var i = 0; i < Steps; i++)
        {
            var path = new SvgPath();
            path.Rect(new(bar.Left, bar.Bottom - (i + 1) * step, bar.Width, step));
            var color = ColorRamp.Of(key.Scale).Rgb(i / (Steps - 1.0));
            canvas.Fill(path, ColorRamp.Hex(color), hasSharpEdges: true);
        }
        foreach (var tick in _ticks)
        {
            var y = bar.Bottom - (tick.Value - key.Min) / (key.Max - key.Min) * bar.Height;
            canvas.Line(bar.Right, y, bar.Right + Style.TickLength - 1, y, Style.AxisColor);
            canvas.Text(
                bar.Right + Style.TickLength + 3, y + Style.TickSize * 0.36, tick.Label, Style.TickSize, Style.TextColor);
        }
    }
}
