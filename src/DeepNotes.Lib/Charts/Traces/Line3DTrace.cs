using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>
    /// A 3D line, such as the path of an optimizer on a <see cref="Surface{T, TX, TY}(T[,], IEnumerable{TX}, IEnumerable{TY}, ColorScale, ValueTuple{double, double}?)"/>; the SVG
    /// shows it from above. NaN and infinite values leave gaps.
    /// </summary>
    /// <param name="x">Coordinates to the right.</param>
    /// <param name="y">Coordinates to the back, as many as <paramref name="x"/>.</param>
    /// <param name="z">Heights, as many as <paramref name="x"/>.</param>
    /// <param name="name">The name in the legend.</param>
    /// <exception cref="ArgumentException">There is no point, or the lengths differ.</exception>
    public static Chart Line3D<TX, TY, TZ>(IEnumerable<TX> x, IEnumerable<TY> y, IEnumerable<TZ> z, string? name = null)
        where TX : INumber<TX>
        where TY : INumber<TY>
        where TZ : INumber<TZ> => Of(new Line3DTrace(Coordinates.Of(x), Coordinates.ToDoubles(y), Coordinates.ToDoubles(z), name));
}

/// <summary>A 3D line, drawn as its projection to the xy plane in SVG.</summary>
internal sealed class Line3DTrace : Trace
{
    private const double Width = 5;

    private readonly Coordinates _x;
    private readonly double[] _y;
    private readonly double[] _z;
    private readonly LineTrace _projection;

    public Line3DTrace(Coordinates x, double[] y, double[] z, string? name)
        : base(name)
    {
        Require.NotEmpty("Chart.Line3D", "z", z.Length);
        Require.SameLength("Chart.Line3D", "x", x.Count, "z", z.Length);
        Require.SameLength("Chart.Line3D", "y", y.Length, "z", z.Length);
        (_x, _y, _z) = (x, y, z);
        _projection = new(x, y, name, markers: false);
    }

    public override bool IsSpatial => true;

    public override Extent XExtent(bool log) => _projection.XExtent(log);

    public override Extent YExtent(bool log) => _projection.YExtent(log);

    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "scatter3d",
        ["mode"] = "lines",
        ["x"] = _x.ToPlotly(context.LogX),
        ["y"] = PlotlyNumbers.Array(_y, context.LogY),
        ["z"] = PlotlyNumbers.Array(_z),
        ["line"] = new JsonObject { ["color"] = context.Style.Color, ["width"] = Width },
    };

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style) => _projection.Draw(canvas, area, style);

    public override double KeyWidth => _projection.KeyWidth;

    public override void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) => _projection.DrawKey(canvas, box, style);

    public override string Summary(bool yIsLog) =>
        $"{Label}path in space, {ChartText.Count(_z.Length, "point")}, height {Numbers(_z, log: false)}";
}
