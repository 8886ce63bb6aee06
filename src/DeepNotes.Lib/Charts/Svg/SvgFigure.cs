namespace DeepNotes;

/// <summary>A chart as an SVG document: heading, legend, then the panels.</summary>
internal static class SvgFigure
{
    public static string Draw(Chart chart, string idPrefix)
    {
        var still = chart.IsAnimation ? chart.Stills() : chart;
        var series = new Series(still);
        var layout = new FigureLayout(still, series);
        var canvas = new SvgCanvas(idPrefix);
        DrawHeading(canvas, layout);
        SvgLegend.Draw(canvas, layout.Legend, series, layout.LegendTop);
        foreach (var (index, panel) in series.Panels.Index())
        {
            SvgPanel.Draw(canvas, panel, series, layout.Panel(index), still.IsGrid);
        }
        return canvas.ToDocument(layout.Width, layout.Height, chart.Title ?? chart.Subtitle ?? "Chart", chart.Description);
    }

    private static void DrawHeading(SvgCanvas canvas, FigureLayout layout)
    {
        var y = Style.Margin;
        foreach (var line in layout.TitleLines)
        {
            canvas.Text(Style.Margin, y + Style.TitleSize * 0.8, line, Style.TitleSize, Style.TitleColor, bold: true);
            y += Style.TitleSize * Style.LineHeight;
        }
        foreach (var line in layout.SubtitleLines)
        {
            canvas.Text(Style.Margin, y + Style.SubtitleSize * 0.85, line, Style.SubtitleSize, Style.SubtitleColor);
            y += Style.SubtitleSize * Style.LineHeight;
        }
    }
}
