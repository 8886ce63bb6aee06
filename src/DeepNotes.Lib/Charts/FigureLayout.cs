namespace DeepNotes;

/// <summary>The size of a figure and the positions of its heading, legend and panels.</summary>
internal sealed class FigureLayout
{
    /// <summary>Space for labels and titles beside and below a plot whose size follows from its content.</summary>
    private const double BesidePlot = 84;

    private const double BelowPlot = 60;
    private const double ColorBarRoom = 60;

    private const double SmallestWidth = 440;
    private const double LargestPlotHeight = 560;

    private readonly Chart _chart;
    private readonly int _rows;

    public FigureLayout(Chart chart, Series series)
    {
        _chart = chart;
        _rows = (series.Panels.Count + chart.Columns - 1) / chart.Columns;
        var plot = chart.IsGrid ? null : PlotOf(series.Panels[0]);
        Width = chart.Width ?? (chart.IsGrid ? GridWidth(chart.Columns) : SingleWidth(plot));
        var inner = Width - 2 * Style.Margin;
        TitleLines = TextMetrics.Wrap(chart.Title, Style.TitleSize, inner, bold: true);
        SubtitleLines = TextMetrics.Wrap(chart.Subtitle, Style.SubtitleSize, inner);
        Legend = series.ShowsLegend ? SvgLegend.Rows(series.Keys, inner) : [];
        var heading = TitleLines.Count * Style.TitleSize * Style.LineHeight
            + SubtitleLines.Count * Style.SubtitleSize * Style.LineHeight;
        var legend = Legend.Count * SvgLegend.RowHeight;
        LegendTop = Style.Margin + heading + (heading > 0 ? Style.Gap / 2 : 0);
        var bodyTop = LegendTop + legend + (heading + legend > 0 ? Style.Gap : 0);
        Height = chart.Height ?? bodyTop + BodyHeight(series, plot) + Style.Margin;
        Body = Box.FromEdges(Style.Margin, bodyTop, Width - Style.Margin, Math.Max(bodyTop + 40, Height - Style.Margin));
    }

    public double Width { get; }

    public double Height { get; }

    public IReadOnlyList<string> TitleLines { get; }

    public IReadOnlyList<string> SubtitleLines { get; }

    public IReadOnlyList<IReadOnlyList<Trace>> Legend { get; }

    public double LegendTop { get; }

    public Box Body { get; }

    /// <summary>The box of the <paramref name="index"/>-th panel within the body.</summary>
    public Box Panel(int index)
    {
        var width = (Body.Width - Style.PanelGap * (_chart.Columns - 1)) / _chart.Columns;
        var height = (Body.Height - Style.PanelGap * (_rows - 1)) / _rows;
        return new(
            Body.Left + index % _chart.Columns * (width + Style.PanelGap),
            Body.Top + index / _chart.Columns * (height + Style.PanelGap), width, height);
    }

    private static double GridWidth(int columns) => columns switch
    {
        1 => Style.FigureWidth,
        2 => Style.WideFigureWidth,
        _ => Style.WidestFigure,
    };

    private static double SingleWidth((double Width, double Height, double Around)? plot) => plot is var (width, _, around)
        ? Math.Max(SmallestWidth, width + around + 2 * Style.Margin)
        : Style.FigureWidth;

    private double BodyHeight(Series series, (double Width, double Height, double Around)? plot) =>
        _chart.IsGrid ? GridHeight(series)
        : plot is var (_, height, around) ? height + (around > 0 ? BelowPlot : 0)
        : Style.BodyHeight;

    private double GridHeight(Series series)
    {
        var cell = (Width - 2 * Style.Margin - Style.PanelGap * (_chart.Columns - 1)) / _chart.Columns;
        var tallest = series.Panels.Max(panel =>
            PlotOf(panel) is var (width, height, around)
                ? Math.Min(cell - around, width) * height / width + (around > 0 ? BelowPlot : 0) + Style.PanelTitleSize * 2
                : Style.PanelHeight);
        return _rows * tallest + (_rows - 1) * Style.PanelGap;
    }

    /// <summary>The size of a plot of fixed aspect ratio, and the space around it; null for a plot of any aspect ratio.</summary>
    private static (double Width, double Height, double Around)? PlotOf(Panel panel)
    {
        if (panel.Aspect is not { } aspect)
        {
            return null;
        }
        var around = panel.HidesAxes ? 0 : BesidePlot + (panel.ColorKey is null ? 0 : ColorBarRoom);
        var width = Math.Min(panel.Traces.First(trace => trace.Aspect is not null).PreferredWidth, LargestPlotHeight / aspect);
        return (width, width * aspect, around);
    }
}
