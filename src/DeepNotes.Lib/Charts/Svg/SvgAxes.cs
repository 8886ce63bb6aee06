namespace DeepNotes;

/// <summary>
/// The axes around a plot. The labels are measured first and the plot takes the remaining space, so that no labels overlap.
/// </summary>
internal sealed class SvgAxes
{
    private const double LabelGap = 6;
    private const double TitleGap = 8;
    private const double LinearLabelSpacing = 42;
    private const double DecadeSpacing = 26;
    private const double LongestYLabel = 150;

    private readonly Panel _panel;
    private readonly IReadOnlyList<Tick> _yTicks;
    private readonly XTickLabels _xLabels;
    private readonly double _yLabelWidth;

    public SvgAxes(Panel panel, Box room, double rightOfPlot)
    {
        _panel = panel;
        if (panel.HidesAxes)
        {
            (Plot, _yTicks, _xLabels) = (Fitted(room), [], XTickLabels.None);
            return;
        }
        var xTitle = panel.X.Title is null ? 0 : Style.AxisTitleSize + TitleGap;
        var yTitle = panel.Y.Title is null ? 0 : Style.AxisTitleSize + TitleGap;
        // Half the label of the top tick extends above the plot, and half of the last one to its right.
        var top = room.Top + Style.TickSize / 2;
        _yTicks = YTicks(room.Bottom - top - xTitle - 2 * Style.TickSize);
        _yLabelWidth = _yTicks.Select(tick => TextMetrics.Width(tick.Label, Style.TickSize)).DefaultIfEmpty(0).Max();
        var left = room.Left + yTitle + _yLabelWidth + LabelGap + Style.TickLength;
        var right = room.Right - Math.Max(rightOfPlot, Style.TickSize);
        left += Math.Max(0, new XTickLabels(panel.X, right - left).LeftOverhang - (left - room.Left));
        _xLabels = new XTickLabels(panel.X, right - left);
        var bottom = room.Bottom - xTitle - _xLabels.Height - LabelGap - Style.TickLength;
        Plot = Fitted(Box.FromEdges(left, top, right, Math.Max(top + 20, bottom)));
        if (panel.Aspect is not null)
        {
            _xLabels = new XTickLabels(panel.X, Plot.Width);
            _yTicks = YTicks(Plot.Height);
        }
    }

    public Box Plot { get; }

    public void DrawGrid(SvgCanvas canvas, PlotArea area)
    {
        if (!_panel.HasGridLines)
        {
            return;
        }
        foreach (var tick in _panel.Y is CategoryAxis ? [] : _yTicks)
        {
            var y = area.Y(tick.Value);
            canvas.Line(Plot.Left, y, Plot.Right, y, tick.Value == 0 ? Style.AxisColor : Style.GridColor);
        }
        foreach (var tick in _panel.X is CategoryAxis ? [] : _xLabels.Ticks)
        {
            var x = area.X(tick.Value);
            canvas.Line(x, Plot.Top, x, Plot.Bottom, Style.GridColor);
        }
    }

    public void DrawLabels(SvgCanvas canvas, PlotArea area)
    {
        if (_panel.HasGridLines)
        {
            canvas.Line(Plot.Left, Plot.Bottom, Plot.Right, Plot.Bottom, Style.AxisColor);
        }
        _xLabels.Draw(canvas, area, LabelGap);
        foreach (var tick in _yTicks)
        {
            canvas.Text(
                Plot.Left - LabelGap - 2, area.Y(tick.Value) + Style.TickSize * 0.36,
                tick.Label, Style.TickSize, Style.TextColor, Anchor.End);
        }
        if (_panel.X.Title is { } xTitle)
        {
            var baseline = Plot.Bottom + Style.TickLength + LabelGap + _xLabels.Height + TitleGap + Style.AxisTitleSize * 0.8;
            canvas.Text(
                Plot.Left + Plot.Width / 2, baseline, TextMetrics.Fit(xTitle, Style.AxisTitleSize, Plot.Width + 80),
                Style.AxisTitleSize, Style.TitleColor, Anchor.Middle);
        }
        if (_panel.Y.Title is { } yTitle)
        {
            var x = Plot.Left - LabelGap - Style.TickLength - _yLabelWidth - TitleGap;
            canvas.Text(
                x, Plot.Top + Plot.Height / 2, TextMetrics.Fit(yTitle, Style.AxisTitleSize, Plot.Height + 40),
                Style.AxisTitleSize, Style.TitleColor, Anchor.Middle, rotate: -90);
        }
    }

    private Box Fitted(Box box) => _panel.Aspect is { } aspect ? box.WithAspect(aspect) : box;

    private List<Tick> YTicks(double height)
    {
        var ticks = _panel.Y.Ticks((int)(height / (_panel.Y is LogAxis ? DecadeSpacing : LinearLabelSpacing)));
        var every = _panel.Y is CategoryAxis ? Math.Max(1, (int)Math.Ceiling(ticks.Count * Style.TickSize * 1.15 / height)) : 1;
        return [.. ticks.Where((_, i) => i % every == 0)
            .Select(tick => tick with { Label = TextMetrics.Fit(tick.Label, Style.TickSize, LongestYLabel) })];
    }
}
