using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>The layout of a plotly figure: headings, legend, panels and colour bars.</summary>
internal sealed class PlotlyFrame(Chart chart, Series series)
{
    private const double TitleHeight = 34;
    private const double TitleLineHeight = 22;
    private const double ButtonsWidth = 150;

    // The column of a page is narrower than the figure in SVG, and its font wider than Helvetica.
    private const double PageWidth = 660;
    private const double FontWidth = 1.12;
    private const double SubtitleHeight = 20;
    private const double LegendHeight = 26;
    private const double PanelTitleHeight = 30;
    private const double PanelSubtitleHeight = 17;
    private const double AxisHeight = 56;
    private const double NarrowGap = 0.09;
    private const double WideGap = 0.13;
    private const double ColorBarRoom = 56;

    private readonly int _rows = (series.Panels.Count + chart.Columns - 1) / chart.Columns;
    private readonly FigureLayout _layout = new(chart, series);

    /// <summary>The wrapped title: plotly does not wrap lines, and places its buttons in the upper right corner.</summary>
    private IReadOnlyList<string> TitleLines => field ??= TextMetrics.Wrap(chart.Title, Style.TitleSize, (HeadingWidth - ButtonsWidth) / FontWidth, bold: true);

    private IReadOnlyList<string> SubtitleLines => field ??= TextMetrics.Wrap(chart.Subtitle, Style.SubtitleSize, HeadingWidth / FontWidth);

    private double HeadingWidth => Math.Min(_layout.Width, PageWidth) - LeftMargin;

    private double LeftMargin => HasAxes ? 60 : Style.Margin;

    /// <summary>The gap between columns holds the axis title and tick labels of the right one; powers of ten are wide.</summary>
    private double ColumnGap => series.Panels.Where((_, index) => index % chart.Columns > 0).Any(panel => panel.Chart.YAxis.IsLog) ? WideGap : NarrowGap;

    private double PanelTitle => !chart.IsGrid ? 0 : series.Panels.Max(panel =>
        (panel.Chart.Title is null ? 0 : PanelTitleHeight) + PanelSubtitle(panel).Count * PanelSubtitleHeight);

    private double TopMargin => 14
        + (chart.Title is null ? 0 : TitleHeight + (TitleLines.Count - 1) * TitleLineHeight) + SubtitleLines.Count * SubtitleHeight
        + LegendRows + PanelTitle;

    private double LegendRows => _layout.Legend.Count * LegendHeight;

    private bool HasAxes => !series.Panels.All(panel => panel.HidesAxes);

    private double BottomMargin => HasAxes ? AxisHeight : 16;

    /// <summary>Plotly's title, legend and axis take slightly more space than those of the SVG.</summary>
    private double Height => chart.Height ?? _layout.Height + 30;

    private double PlotHeight => Math.Max(40, Height - TopMargin - BottomMargin);

    public JsonObject Layout()
    {
        var layout = new JsonObject();
        if (chart.Title is not null)
        {
            layout["title"] = new JsonObject
            {
                ["text"] = $"<b>{string.Join("<br>", TitleLines.Select(PlotlyText.Escape))}</b>",
                ["x"] = 0,
                ["xref"] = "paper",
                ["xanchor"] = "left",
                ["y"] = 1,
                ["yref"] = "container",
                ["yanchor"] = "top",
                ["pad"] = new JsonObject { ["t"] = 12 + (TitleLines.Count - 1) * (int)TitleLineHeight / 2 }, // plotly centres the lines
            };
        }
        if (chart.Width is not null)
        {
            layout["width"] = chart.Width;
        }
        layout["height"] = (int)Math.Round(Height);
        layout["margin"] = new JsonObject
        {
            ["l"] = (int)LeftMargin,
            ["r"] = HasAxes ? 24 : (int)Style.Margin,
            ["t"] = (int)TopMargin,
            ["b"] = (int)BottomMargin,
        };
        layout["showlegend"] = series.ShowsLegend;
        layout["legend"] = new JsonObject
        {
            ["orientation"] = "h",
            ["x"] = 0,
            ["xanchor"] = "left",
            ["y"] = PlotlyNumbers.Number(1 + (PanelTitle + 4) / PlotHeight),
            ["yanchor"] = "bottom",
        };
        if (series.Panels.Any(panel => panel.Bars.Count > 1))
        {
            layout["barmode"] = series.Panels.Any(panel => panel.Bars.Any(bar => bar.Below is not null)) ? "relative" : "group";
        }
        if (series.Panels.Any(panel => panel.Boxes.Any(box => panel.Boxes.Any(box.Meets))))
        {
            layout["boxmode"] = "group";
        }
        return layout;
    }

    public JsonArray XDomain(int index)
    {
        var (left, right) = Horizontal(index);
        return Interval(left, right);
    }

    public JsonArray YDomain(int index)
    {
        var (bottom, height) = Vertical(index);
        return Interval(bottom, bottom + height);
    }

    public JsonObject ColorBar(int index)
    {
        var (bottom, height) = Vertical(index);
        return new()
        {
            ["x"] = PlotlyNumbers.Number(Horizontal(index).Right + 0.012),
            ["y"] = PlotlyNumbers.Number(bottom + height / 2),
            ["len"] = PlotlyNumbers.Number(height),
            ["thickness"] = PlotlyNumbers.Number(Style.ColorBarWidth),
            ["outlinewidth"] = 0,
        };
    }

    /// <summary>
    /// The subtitle is an annotation above the legend: versions of plotly differ in the position of the second line of a title,
    /// and older ones have no subtitles.
    /// </summary>
    public IEnumerable<JsonObject> FigureAnnotations()
    {
        if (SubtitleLines.Count > 0)
        {
            var text = string.Join("<br>", SubtitleLines.Select(PlotlyText.Escape));
            var note = Note(text, 0, 1, "left", "bottom");
            note["name"] = "subtitle";
            note["align"] = "left";
            note["font"] = new JsonObject { ["size"] = (int)Style.SubtitleSize };
            note["yshift"] = (int)(PanelTitle + LegendRows + 7);
            yield return note;
        }
    }

    /// <summary>An annotation in the axes of its panel.</summary>
    public JsonObject Placed(JsonObject annotation, int index, string suffix)
    {
        annotation["xref"] = annotation.ContainsKey("x") ? "x" + suffix : "paper";
        annotation["yref"] = annotation.ContainsKey("y") ? "y" + suffix : "paper";
        annotation.TryAdd("x", XDomain(index)[1]!.DeepClone());
        annotation.TryAdd("y", YDomain(index)[1]!.DeepClone());
        return annotation;
    }

    /// <summary>A shape in the axes of its panel.</summary>
    public JsonObject Stretched(JsonObject shape, int index, string suffix)
    {
        shape["xref"] = shape.ContainsKey("x0") ? "x" + suffix : "paper";
        shape["yref"] = shape.ContainsKey("y0") ? "y" + suffix : "paper";
        foreach (var (end, i) in new[] { ("0", 0), ("1", 1) })
        {
            shape.TryAdd("x" + end, XDomain(index)[i]!.DeepClone());
            shape.TryAdd("y" + end, YDomain(index)[i]!.DeepClone());
        }
        return shape;
    }

    /// <summary>The title of a panel in a grid, and the note for a panel without values.</summary>
    public IEnumerable<JsonObject> PanelAnnotations(Panel panel, int index)
    {
        var (bottom, height) = Vertical(index);
        var (left, right) = Horizontal(index);
        if (chart.IsGrid && (panel.Chart.Title ?? panel.Chart.Subtitle) is not null)
        {
            var lines = PanelSubtitle(panel).Select(PlotlyText.Escape);
            var title = panel.Chart.Title is null ? lines : lines.Prepend($"<b>{PlotlyText.Escape(panel.Chart.Title)}</b>");
            var note = Note(string.Join("<br>", title), left, bottom + height, "left", "bottom");
            note["align"] = "left";
            yield return note;
        }
        if (panel.IsEmpty)
        {
            yield return Note(SvgPanel.NothingToDraw, (left + right) / 2, bottom + height / 2, "center", "middle");
        }
    }

    private (double Left, double Right) Horizontal(int index)
    {
        var width = (1 - ColumnGap * (chart.Columns - 1)) / chart.Columns;
        // In a grid, a colour bar takes part of the width of its panel.
        var plot = Math.Min(_layout.Width, PageWidth) - LeftMargin;
        var used = chart.IsGrid && series.Panels[index].ColorKey is not null ? Math.Max(width * 0.6, width - ColorBarRoom / plot) : width;
        var left = index % chart.Columns * (width + ColumnGap);
        return (left, left + used);
    }

    private (double Bottom, double Height) Vertical(int index)
    {
        var gap = _rows == 1 ? 0 : Math.Min(0.8 / (_rows - 1), (AxisHeight + 10 + PanelTitle) / PlotHeight);
        var height = (1 - gap * (_rows - 1)) / _rows;
        return ((_rows - 1 - index / chart.Columns) * (height + gap), height);
    }

    private IReadOnlyList<string> PanelSubtitle(Panel panel) =>
        TextMetrics.Wrap(panel.Chart.Subtitle, Style.LabelSize, _layout.Panel(0).Width - 40);

    private static JsonObject Note(string text, double x, double y, string xAnchor, string yAnchor) => new()
    {
        ["text"] = text,
        ["x"] = PlotlyNumbers.Number(x),
        ["xref"] = "paper",
        ["xanchor"] = xAnchor,
        ["y"] = PlotlyNumbers.Number(y),
        ["yref"] = "paper",
        ["yanchor"] = yAnchor,
        ["showarrow"] = false,
    };

    private static JsonArray Interval(double from, double to) =>
        new(PlotlyNumbers.Number(from), PlotlyNumbers.Number(to));
}
