using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Where things stand in a plotly figure: headings, legend, panels and colour bars.</summary>
internal sealed class PlotlyFrame(Chart chart, Series series)
{
    private const double TitleHeight = 36;
    private const double SubtitleHeight = 20;
    private const double LegendHeight = 28;
    private const double PanelTitleHeight = 30;
    private const double BottomMargin = 56;
    private const double RowGap = 96;
    private const double ColumnGap = 0.09;

    private readonly int _rows = (series.Panels.Count + chart.Columns - 1) / chart.Columns;
    private readonly double _height = new FigureLayout(chart, series).Height + 30;

    private double PanelTitle => series.Panels.Any(panel => chart.IsGrid && panel.Chart.Title is not null) ? PanelTitleHeight : 0;

    private IReadOnlyList<string> SubtitleLines =>
        TextMetrics.Wrap(chart.Subtitle, Style.SubtitleSize, chart.Width ?? Style.FigureWidth - 80);

    private double TopMargin => 14
        + (chart.Title is null ? 0 : TitleHeight) + SubtitleLines.Count * SubtitleHeight
        + (series.ShowsLegend ? LegendHeight : 0) + PanelTitle;

    private double PlotHeight => Math.Max(40, _height - TopMargin - BottomMargin);

    public JsonObject Layout()
    {
        var layout = new JsonObject();
        var heading = Heading();
        if (heading.Length > 0)
        {
            layout["title"] = new JsonObject
            {
                ["text"] = heading, ["x"] = 0, ["xref"] = "paper", ["xanchor"] = "left",
                ["y"] = 1, ["yref"] = "container", ["yanchor"] = "top", ["pad"] = new JsonObject { ["t"] = 12 },
            };
        }
        if (chart.Width is not null)
        {
            layout["width"] = chart.Width;
        }
        layout["height"] = (int)Math.Round(chart.Height ?? _height);
        layout["margin"] = new JsonObject
        {
            ["l"] = 60, ["r"] = 24, ["t"] = (int)TopMargin, ["b"] = (int)BottomMargin,
        };
        layout["showlegend"] = series.ShowsLegend;
        layout["legend"] = new JsonObject
        {
            ["orientation"] = "h", ["x"] = 0, ["xanchor"] = "left",
            ["y"] = PlotlyNumbers.Number(1 + (PanelTitle + 4) / PlotHeight), ["yanchor"] = "bottom",
        };
        if (series.Panels.Any(panel => panel.Bars.Count > 1))
        {
            layout["barmode"] = "group";
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

    /// <summary>The title of a panel in a grid, and the word where there is nothing to draw.</summary>
    public IEnumerable<JsonObject> PanelAnnotations(Panel panel, int index)
    {
        var (bottom, height) = Vertical(index);
        var (left, right) = Horizontal(index);
        if (chart.IsGrid && panel.Chart.Title is not null)
        {
            var title = $"<b>{PlotlyText.Escape(panel.Chart.Title)}</b>";
            yield return Note(title, left, bottom + height, "left", "bottom");
        }
        if (panel.IsEmpty)
        {
            yield return Note(SvgPanel.NothingToDraw, (left + right) / 2, bottom + height / 2, "center", "middle");
        }
    }

    private (double Left, double Right) Horizontal(int index)
    {
        var width = (1 - ColumnGap * (chart.Columns - 1)) / chart.Columns;
        // A colour bar stands inside the share of its own panel where there are others beside it.
        var used = chart.IsGrid && series.Panels[index].ColorKey is not null ? width * 0.86 : width;
        var left = index % chart.Columns * (width + ColumnGap);
        return (left, left + used);
    }

    private (double Bottom, double Height) Vertical(int index)
    {
        var gap = _rows == 1 ? 0 : Math.Min(0.8 / (_rows - 1), RowGap / PlotHeight);
        var height = (1 - gap * (_rows - 1)) / _rows;
        return ((_rows - 1 - index / chart.Columns) * (height + gap), height);
    }

    private string Heading()
    {
        var title = chart.Title is null ? "" : $"<b>{PlotlyText.Escape(chart.Title)}</b>";
        var subtitle = string.Join("<br>", SubtitleLines.Select(PlotlyText.Escape));
        return subtitle.Length == 0 ? title
            : $"{title}{(title.Length > 0 ? "<br>" : "")}<span style=\"font-size:14px\">{subtitle}</span>";
    }

    private static JsonObject Note(string text, double x, double y, string xAnchor, string yAnchor) => new()
    {
        ["text"] = text,
        ["x"] = PlotlyNumbers.Number(x), ["xref"] = "paper", ["xanchor"] = xAnchor,
        ["y"] = PlotlyNumbers.Number(y), ["yref"] = "paper", ["yanchor"] = yAnchor,
        ["showarrow"] = false,
    };

    private static JsonArray Interval(double from, double to) =>
        new(PlotlyNumbers.Number(from), PlotlyNumbers.Number(to));
}
