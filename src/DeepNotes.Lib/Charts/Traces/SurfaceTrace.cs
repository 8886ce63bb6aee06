using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>
    /// A surface plot of a function on a grid, which can be rotated; the SVG shows it from above, as filled contours. Combine it
    /// with <see cref="Line3D"/> to show a path on it.
    /// </summary>
    /// <param name="z">Values, shape <c>[y.Length, x.Length]</c>: row i belongs to y[i]; NaN leaves a hole.</param>
    /// <param name="x">The coordinates of the columns, in ascending order.</param>
    /// <param name="y">The coordinates of the rows, in ascending order.</param>
    /// <param name="scale">The colour scale.</param>
    /// <param name="range">The values at the two ends of the scale; by default the smallest and the largest.</param>
    /// <exception cref="ArgumentException">
    /// The grid is smaller than 2 × 2, coordinates don't match its shape or don't rise, or the range is empty.
    /// </exception>
    public static Chart Surface<T, TX, TY>(
        T[,] z, IEnumerable<TX> x, IEnumerable<TY> y,
        ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where T : INumber<T>
        where TX : INumber<TX>
        where TY : INumber<TY> => Of(new SurfaceTrace(HeatmapCells.Of(z), Coordinates.Of(x), Coordinates.Of(y), scale, range));
}

/// <summary>A surface plot, drawn as its contours in SVG.</summary>
internal sealed class SurfaceTrace : Trace
{
    private const int Levels = 12;

    private readonly HeatmapCells _cells;
    private readonly Coordinates _x;
    private readonly Coordinates _y;
    private readonly ContourTrace _contours;

    public SurfaceTrace(HeatmapCells cells, Coordinates x, Coordinates y, ColorScale scale, (double Min, double Max)? range)
        : base(null)
    {
        (_cells, _x, _y) = (cells, x, y);
        _contours = new("Chart.Surface", cells, x, y, filled: true, Levels, scale, range);
    }

    public override bool IsSpatial => true;

    public override bool TakesStyle => false;

    public override bool FillsPlot => true;

    public override bool IsBlueField => true;

    public override ColorKey? ColorKey => _contours.ColorKey;

    public override Extent XExtent(bool log) => _contours.XExtent(log);

    public override Extent YExtent(bool log) => _contours.YExtent(log);

    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "surface",
        ["x"] = _x.ToPlotly(context.LogX),
        ["y"] = _y.ToPlotly(context.LogY),
        ["z"] = PlotlyNumbers.Rows(_cells.Values, _cells.Columns),
        ["cmin"] = PlotlyNumbers.Number(ColorKey!.Min),
        ["cmax"] = PlotlyNumbers.Number(ColorKey.Max),
        ["colorscale"] = PlotlyFigure.ColorScale(ColorKey.Scale),
        ["colorbar"] = context.ColorBar(),
    };

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style) => _contours.Draw(canvas, area, style);

    public override string Summary(bool yIsLog) => "surface, drawn as " + _contours.Summary(yIsLog);
}
