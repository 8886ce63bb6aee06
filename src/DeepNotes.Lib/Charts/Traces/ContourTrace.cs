using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>
    /// A contour plot of a function on a grid, such as a loss landscape, with coloured bands between the contour lines. Combine it
    /// with a line to show a path on it.
    /// </summary>
    /// <param name="z">Values, shape <c>[y.Length, x.Length]</c>: row i belongs to y[i]; NaN leaves a gap.</param>
    /// <param name="x">The coordinates of the columns, in ascending order with any spacing.</param>
    /// <param name="y">The coordinates of the rows, in ascending order with any spacing.</param>
    /// <param name="filled">Whether the bands are coloured; otherwise, the lines are.</param>
    /// <param name="levels">The approximate number of contour lines, which are at round numbers.</param>
    /// <param name="scale">The colour scale.</param>
    /// <param name="range">The values at the two ends of the scale; by default the smallest and the largest.</param>
    /// <exception cref="ArgumentException">
    /// The grid is smaller than 2 × 2, coordinates don't match its shape or don't rise, or the range is empty.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="levels"/> is not positive.</exception>
    public static Chart Contour<T, TX, TY>(
        T[,] z, IEnumerable<TX> x, IEnumerable<TY> y, bool filled = true, int levels = 12,
        ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where T : INumber<T>
        where TX : INumber<TX>
        where TY : INumber<TY> => Of(new ContourTrace(
            "Chart.Contour", HeatmapCells.Of(z), Coordinates.Of(x), Coordinates.Of(y), filled, levels, scale, range));
}

/// <summary>A contour plot, with or without coloured bands between the lines.</summary>
internal sealed class ContourTrace : Trace
{
    private const double LineWidth = 0.8;
    private const double LineOpacity = 0.55;

    /// <summary>The distance in pixels below which points of a line are merged.</summary>
    private const double Resolution = 1.5;

    private readonly HeatmapCells _cells;
    private readonly Coordinates _x;
    private readonly Coordinates _y;
    private readonly bool _isFilled;
    private readonly ColorKey _key;
    private readonly double _step;
    private readonly int _bands;

    public ContourTrace(
        string operation, HeatmapCells cells, Coordinates x, Coordinates y, bool filled, int levels,
        ColorScale scale, (double Min, double Max)? range)
        : base(null)
    {
        Check.AtLeast(1, levels, operation);
        if (cells.Rows < 2 || cells.Columns < 2)
        {
            throw new ArgumentException($"{operation}: expected z of 2 × 2 values or more, got {cells.Rows} × {cells.Columns}.", nameof(cells));
        }
        Require.SameLength(operation, "x", x.Count, "columns", cells.Columns);
        Require.SameLength(operation, "y", y.Count, "rows", cells.Rows);
        Require.Rising(operation, "x", x.Numbers);
        Require.Rising(operation, "y", y.Numbers);
        if (range is var (min, max) && !(double.IsFinite(max - min) && min < max))
        {
            throw new ArgumentException($"{operation}: expected a range (min, max) of finite numbers with min < max, got ({min}, {max}).", nameof(range));
        }
        (_cells, _x, _y, _isFilled) = (cells, x, y, filled);
        var key = range is null ? ColorKey.Over(cells.Values, scale) : new(scale, range.Value.Min, range.Value.Max);
        _step = Ticks.Step(key.Max - key.Min, levels, integersOnly: false);
        var (first, last) = (Math.Floor(key.Min / _step + 1e-9), Math.Ceiling(key.Max / _step - 1e-9));
        _bands = Math.Max(2, (int)(last - first));
        _key = new(scale, first * _step, (first + _bands) * _step);
    }

    public override bool TakesStyle => false;

    public override bool FillsPlot => _isFilled;

    public override bool IsBlueField => true;

    public override ColorKey? ColorKey => _key;

    public override Extent XExtent(bool log) => _x.Extent(log) with { IsTight = true };

    public override Extent YExtent(bool log) => _y.Extent(log) with { IsTight = true };

    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "contour",
        ["x"] = _x.ToPlotly(context.LogX),
        ["y"] = _y.ToPlotly(context.LogY),
        ["z"] = PlotlyNumbers.Rows(_cells.Values, _cells.Columns),
        ["zmin"] = PlotlyNumbers.Number(_key.Min),
        ["zmax"] = PlotlyNumbers.Number(_key.Max),
        ["autocontour"] = false,
        ["contours"] = new JsonObject
        {
            ["start"] = PlotlyNumbers.Number(Level(1)),
            ["end"] = PlotlyNumbers.Number(Level(_bands - 1)),
            ["size"] = PlotlyNumbers.Number(_step),
            ["coloring"] = _isFilled ? "fill" : "lines",
        },
        ["line"] = _isFilled
            ? new JsonObject { ["width"] = LineWidth, ["color"] = PlotlyFigure.Translucent(Style.Ground, LineOpacity) }
            : new JsonObject { ["width"] = Style.OutlineWidth },
        ["colorscale"] = PlotlyFigure.ColorScale(_key.Scale),
        ["colorbar"] = context.ColorBar(),
        ["hoverongaps"] = false,
    };

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var isolines = new Isolines(_cells, _x.Numbers, _y.Numbers);
        for (var band = 0; band < _bands; band++)
        {
            var outlines = isolines.At(band == 0 ? double.MinValue : Level(band))
                .Select(outline => Pixels(area, outline)).ToList();
            var color = ColorRamp.Hex(ColorRamp.Of(_key.Scale).Rgb(band / (_bands - 1.0)));
            if (_isFilled)
            {
                canvas.Fill(Filled(outlines), color);
            }
            if (band > 0)
            {
                canvas.Stroke(
                    Lines(outlines), _isFilled ? Style.Ground : color, _isFilled ? LineWidth : Style.OutlineWidth,
                    opacity: _isFilled ? LineOpacity : 1);
            }
        }
    }

    public override string Summary(bool yIsLog)
    {
        var extent = Extent.Of(_cells.Values, positiveOnly: false);
        var values = extent.IsEmpty ? "no finite values" : $"{ShortNumber.Format(extent.Min)} to {ShortNumber.Format(extent.Max)}";
        return $"contours every {ShortNumber.Format(_step)}, {_cells.Rows} × {_cells.Columns}, {values}";
    }

    private double Level(int band) => _key.Min + band * _step;

    private static Isolines.Point[] Pixels(PlotArea area, Isolines.Point[] outline) =>
        [.. outline.Select(point => point with { X = area.X(point.X), Y = area.Y(point.Y) })];

    private static SvgPath Filled(IEnumerable<Isolines.Point[]> outlines)
    {
        var path = new SvgPath();
        foreach (var outline in outlines)
        {
            var kept = Thinned(outline);
            foreach (var (i, point) in kept.Index())
            {
                _ = i == 0 ? path.MoveTo(point.X, point.Y) : path.LineTo(point.X, point.Y);
            }
            path.Close();
        }
        return path;
    }

    /// <summary>The outlines without their segments along the boundary.</summary>
    private static SvgPath Lines(IEnumerable<Isolines.Point[]> outlines)
    {
        var path = new SvgPath();
        foreach (var outline in outlines)
        {
            var kept = Thinned(outline);
            var isOpen = false;
            foreach (var point in kept.Append(kept[0]))
            {
                if (!point.IsOnRim)
                {
                    _ = isOpen ? path.LineTo(point.X, point.Y) : path.MoveTo(point.X, point.Y);
                }
                isOpen = !point.IsOnRim;
            }
        }
        return path;
    }

    /// <summary>The outline without points closer than the resolution; those next to the boundary are kept, so that lines end there.</summary>
    private static List<Isolines.Point> Thinned(Isolines.Point[] outline)
    {
        var kept = new List<Isolines.Point> { outline[0] };
        for (var i = 1; i < outline.Length; i++)
        {
            var (last, point, next) = (kept[^1], outline[i], outline[(i + 1) % outline.Length]);
            var isCrowded = Math.Abs(point.X - last.X) + Math.Abs(point.Y - last.Y) < Resolution;
            var isOnWay = point.IsOnRim && last.IsOnRim && next.IsOnRim
                && (last.X - point.X) * (next.Y - point.Y) == (last.Y - point.Y) * (next.X - point.X);
            if (!(isOnWay || (isCrowded && last.IsOnRim == point.IsOnRim && point.IsOnRim == next.IsOnRim)))
            {
                kept.Add(point);
            }
        }
        return kept;
    }
}
