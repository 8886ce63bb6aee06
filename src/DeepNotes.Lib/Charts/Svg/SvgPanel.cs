namespace DeepNotes;

/// <summary>One pair of axes with its traces, its title in a grid, and its colour bar.</summary>
internal static class SvgPanel
{
    public const string NothingToDraw = "no values to draw";

    public static void Draw(SvgCanvas canvas, Panel panel, Series series, Box room, bool hasTitle)
    {
        if (hasTitle)
        {
            room = DrawTitle(canvas, panel, room);
        }
        var colorBar = panel.ColorKey is { } key ? new SvgColorBar(key) : null;
        var axes = new SvgAxes(panel, room, colorBar?.Width ?? 0);
        var area = new PlotArea(panel, axes.Plot);
        if (!panel.HidesAxes)
        {
            axes.DrawGrid(canvas, area);
        }
        canvas.BeginClip(axes.Plot);
        foreach (var trace in panel.Traces)
        {
            trace.Draw(canvas, area, series.StyleOf(trace));
        }
        canvas.EndClip();
        if (!panel.HidesAxes)
        {
            axes.DrawLabels(canvas, area);
        }
        colorBar?.Draw(canvas, axes.Plot);
        if (panel.IsEmpty)
        {
            canvas.Text(
                axes.Plot.Left + axes.Plot.Width / 2, axes.Plot.Top + axes.Plot.Height / 2, NothingToDraw,
                Style.AxisTitleSize, Style.SubtitleColor, Anchor.Middle);
        }
    }

    private static Box DrawTitle(SvgCanvas canvas, Panel panel, Box room)
    {
        var top = room.Top;
        foreach (var line in TextMetrics.Wrap(panel.Chart.Title, Style.PanelTitleSize, room.Width, bold: true))
        {
            canvas.Text(room.Left, top + Style.PanelTitleSize * 0.85, line, Style.PanelTitleSize, Style.TitleColor, bold: true);
            top += Style.PanelTitleSize * Style.LineHeight;
        }
        foreach (var line in TextMetrics.Wrap(panel.Chart.Subtitle, Style.LabelSize, room.Width))
        {
            canvas.Text(room.Left, top + Style.LabelSize * 0.85, line, Style.LabelSize, Style.SubtitleColor);
            top += Style.LabelSize * Style.LineHeight;
        }
        return Box.FromEdges(room.Left, top > room.Top ? top + Style.Gap / 2 : top, room.Right, room.Bottom);
    }
}
