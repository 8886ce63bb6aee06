using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>Points joined by a line in the order given; NaN and infinite values leave gaps.</summary>
    /// <param name="x">Horizontal coordinates: numbers, or dates (DateTime, DateOnly, DateTimeOffset).</param>
    /// <param name="y">Vertical coordinates, as many as <paramref name="x"/>.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="markers">Whether to mark each point, for few points with meaningless lines between them.</param>
    /// <exception cref="ArgumentException">There is no point, the lengths differ, or x is neither numbers nor dates.</exception>
    public static Chart Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, bool markers = false)
        where TY : INumber<TY> => Of(new LineTrace(Coordinates.Of(x, "Chart.Line"), Coordinates.ToDoubles(y), name, markers));

    /// <summary>A line over the positions 0, 1, 2, …</summary>
    /// <inheritdoc cref="Line{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, string?, bool)"/>
    public static Chart Line<T>(IEnumerable<T> y, string? name = null, bool markers = false)
        where T : INumber<T>
    {
        var values = Coordinates.ToDoubles(y);
        return Of(new LineTrace(Coordinates.Index(values.Length), values, name, markers));
    }
}

/// <summary>Points joined by a line.</summary>
internal sealed class LineTrace : Trace
{
    private readonly Coordinates _x;
    private readonly double[] _y;
    private readonly bool _markers;

    public LineTrace(Coordinates x, double[] y, string? name, bool markers)
        : base(name)
    {
        Require.NotEmpty("Chart.Line", "y", y.Length);
        Require.SameLength("Chart.Line", "x", x.Count, "y", y.Length);
        (_x, _y, _markers) = (x, y, markers);
    }

    public override bool? XIsDate => _x.AreDates;

    public override Extent XExtent(bool log) => _x.Extent(log);

    public override Extent YExtent(bool log) => Extent.Of(_y, log);

    public override JsonObject ToPlotly(PlotlyContext context)
    {
        var json = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = _markers ? "lines+markers" : "lines",
            ["x"] = _x.ToPlotly(context.LogX),
            ["y"] = PlotlyNumbers.Array(_y, context.LogY),
            ["line"] = new JsonObject
            {
                ["color"] = context.Style.Color,
                ["dash"] = context.Style.Dash.PlotlyName,
                ["width"] = PlotlyNumbers.Number(context.Style.Width),
            },
        };
        if (_markers)
        {
            json["marker"] = new JsonObject
            {
                ["color"] = context.Style.Color,
                ["symbol"] = context.Style.Marker.PlotlyName,
                ["size"] = PlotlyNumbers.Number(Style.MarkerSize),
            };
        }
        return json;
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var points = new (double X, double Y)[_y.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = (area.X(_x.Numbers[i]), area.Y(_y[i]));
        }
        var path = Polyline.Path(points);
        if (!area.Panel.HasGridLines)
        {
            // A white outline separates the line from a heat map of the same colours.
            canvas.Stroke(path, Style.Ground, style.Width + 2.4);
        }
        canvas.Stroke(path, style.Color, style.Width, style.Dash.Svg, opacity: style.Opacity);
        if (_markers)
        {
            Markers.Draw(canvas, points, style, opacity: 1);
        }
    }

    public override double KeyWidth => Style.LineKeyWidth;

    public override void DrawKey(SvgCanvas canvas, Box box, TraceStyle style)
    {
        var middle = box.Top + box.Height / 2;
        canvas.Line(box.Left, middle, box.Right, middle, style.Color, style.Width, style.Dash.Svg);
        if (_markers)
        {
            Markers.Draw(canvas, [(box.Left + box.Width / 2, middle)], style, opacity: 1);
        }
    }

    public override string Summary(bool yIsLog) =>
        $"{Label}line, {ChartText.Count(_y.Length, "point")}, {Numbers(_y, yIsLog)}";
}
