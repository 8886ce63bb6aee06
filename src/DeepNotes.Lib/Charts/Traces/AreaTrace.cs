using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>A line with a filled area between it and another edge; NaN separates areas.</summary>
internal sealed class AreaTrace : Trace
{
    private readonly Coordinates _x;
    private readonly double[] _y;
    private readonly Coordinates _edgeX;
    private readonly double[] _edgeY;
    private readonly string _fill;
    private readonly double _opacity;
    private readonly bool _hasLine;

    /// <param name="x">Horizontal coordinates of the line.</param>
    /// <param name="y">Its vertical coordinates.</param>
    /// <param name="edge">The other edge, in the same direction; empty for a closed outline.</param>
    /// <param name="fill">The fill mode of plotly.js: <c>toself</c>, <c>tozeroy</c>, <c>tonexty</c>, <c>tonext</c>.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="opacity">The opacity of the fill.</param>
    /// <param name="hasLine">Whether to draw the line.</param>
    public AreaTrace(Coordinates x, double[] y, (Coordinates X, double[] Y) edge, string fill, string? name, double opacity, bool hasLine)
        : base(name)
    {
        Require.NotEmpty("area", "y", y.Length);
        (_x, _y, _edgeX, _edgeY, _fill, _opacity, _hasLine) = (x, y, edge.X, edge.Y, fill, opacity, hasLine);
    }

    public override bool YieldsKey => !_hasLine;

    public override bool? XIsDate => _x.AreDates;

    public override Extent XExtent(bool log) => _x.Extent(log).Union(_edgeX.Extent(log));

    public override Extent YExtent(bool log) => Extent.Of(_y, log).Union(Extent.Of(_edgeY, log));

    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = _x.ToPlotly(context.LogX),
        ["y"] = PlotlyNumbers.Array(_y, context.LogY),
        ["fill"] = _fill,
        ["fillcolor"] = PlotlyFigure.Translucent(context.Style.Color, _opacity),
        ["line"] = new JsonObject { ["width"] = _hasLine ? Style.OutlineWidth : 0, ["color"] = context.Style.Color },
        ["hoverinfo"] = "skip",
    };

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var line = Pixels(area, _x, _y);
        var outline = new SvgPath();
        var isOpen = false;
        foreach (var (x, y) in line.Concat(Pixels(area, _edgeX, _edgeY).AsEnumerable().Reverse()).Append((double.NaN, double.NaN)))
        {
            if (double.IsFinite(x + y))
            {
                _ = isOpen ? outline.LineTo(x, y) : outline.MoveTo(x, y);
                isOpen = true;
            }
            else if (isOpen)
            {
                outline.Close();
                isOpen = false;
            }
        }
        canvas.Fill(outline, style.Color, _opacity);
        if (_hasLine)
        {
            canvas.Stroke(_edgeY.Length == 0 ? outline : Polyline.Path(line), style.Color, Style.OutlineWidth, style.Dash.Svg);
        }
    }

    public override void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) => SvgLegend.DrawArea(canvas, box, style, _opacity);

    public override string Summary(bool yIsLog) => $"{Label}area, {ChartText.Count(_y.Length, "point")}, {Numbers(_y, yIsLog)}";

    private static (double X, double Y)[] Pixels(PlotArea area, Coordinates x, double[] y)
    {
        var pixels = new (double, double)[y.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (area.X(x.Numbers[i]), area.Y(y[i]));
        }
        return pixels;
    }
}
