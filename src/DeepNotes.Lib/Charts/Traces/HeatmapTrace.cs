using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>A heat map of a matrix, such as a confusion matrix, attention or weights, with the first row on top.</summary>
    /// <param name="z">Values, shape <c>[rows, columns]</c>; NaN leaves a gap.</param>
    /// <param name="xLabels">A label for each column; they may repeat.</param>
    /// <param name="yLabels">A label for each row; they may repeat.</param>
    /// <param name="annotate">Whether to write each number into its cell.</param>
    /// <param name="format">The .NET format of these numbers, such as <c>"0.00"</c>; by default about three digits.</param>
    /// <param name="scale">The colour scale.</param>
    /// <param name="range">The values at the two ends of the scale; by default the smallest and the largest.</param>
    /// <exception cref="ArgumentException">The matrix is empty, labels don't match its shape, or the range is empty.</exception>
    public static Chart Heatmap<T>(
        T[,] z, IEnumerable<string>? xLabels = null, IEnumerable<string>? yLabels = null, bool annotate = false,
        string? format = null, ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where T : INumber<T> => Of(new HeatmapTrace(
            HeatmapCells.Of(z), null, null, xLabels?.ToArray(), yLabels?.ToArray(), annotate, format, scale, range));

    /// <summary>A matrix, given by its rows, as coloured cells.</summary>
    /// <inheritdoc cref="Heatmap{T}(T[,], IEnumerable{string}, IEnumerable{string}, bool, string, ColorScale, ValueTuple{double, double}?)"/>
    /// <exception cref="ArgumentException">The rows differ in length; or as above.</exception>
    public static Chart Heatmap<T>(
        IEnumerable<T[]> z, IEnumerable<string>? xLabels = null, IEnumerable<string>? yLabels = null, bool annotate = false,
        string? format = null, ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where T : INumber<T> => Of(new HeatmapTrace(
            HeatmapCells.Of(z), null, null, xLabels?.ToArray(), yLabels?.ToArray(), annotate, format, scale, range));

    /// <summary>A heat map of a function on a grid, such as decision regions or a loss landscape, with y upwards.</summary>
    /// <param name="z">Values, shape <c>[y.Length, x.Length]</c>: row i belongs to y[i]; NaN leaves a gap.</param>
    /// <param name="x">Evenly spaced coordinates of the columns' centres.</param>
    /// <param name="y">Evenly spaced coordinates of the rows' centres.</param>
    /// <param name="scale">The colour scale.</param>
    /// <param name="range">The values at the two ends of the scale; by default the smallest and the largest.</param>
    /// <exception cref="ArgumentException">The matrix is empty, coordinates don't match its shape or are not evenly spaced, or the range is empty.</exception>
    public static Chart Heatmap<T, TX, TY>(
        T[,] z, IEnumerable<TX> x, IEnumerable<TY> y,
        ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where T : INumber<T>
        where TX : INumber<TX>
        where TY : INumber<TY> => Of(new HeatmapTrace(
            HeatmapCells.Of(z), Coordinates.Of(x), Coordinates.Of(y), null, null, false, null, scale, range));
}

/// <summary>A matrix as coloured cells.</summary>
internal sealed class HeatmapTrace : Trace
{
    /// <summary>Up to this number, cells are drawn as rectangles; above it, a PNG is smaller.</summary>
    private const int MaxRectangles = 900;

    /// <summary>The largest aspect ratio with square cells, which would be too small in a longer matrix.</summary>
    private const double MaxAspectRatio = 4;

    private const int Levels = 255;

    private readonly HeatmapCells _cells;
    private readonly Coordinates _x;
    private readonly Coordinates _y;
    private readonly bool _isMatrix;
    private readonly bool _annotate;
    private readonly string _format;
    private readonly ColorKey _key;

    public HeatmapTrace(
        HeatmapCells cells, Coordinates? x, Coordinates? y, string[]? xLabels, string[]? yLabels,
        bool annotate, string? format, ColorScale scale, (double Min, double Max)? range)
        : base(null)
    {
        const string operation = "Chart.Heatmap";
        Require.NotEmpty(operation, "z", cells.Values.Length);
        Require.SameLength(operation, "xLabels", xLabels?.Length ?? cells.Columns, "columns", cells.Columns);
        Require.SameLength(operation, "yLabels", yLabels?.Length ?? cells.Rows, "rows", cells.Rows);
        Require.SameLength(operation, "x", x?.Count ?? cells.Columns, "columns", cells.Columns);
        Require.SameLength(operation, "y", y?.Count ?? cells.Rows, "rows", cells.Rows);
        (_cells, XLabels, YLabels, _annotate) = (cells, xLabels, yLabels, annotate);
        _format = format ?? DefaultFormat(cells.Values);
        _x = x ?? Coordinates.Index(cells.Columns);
        _y = y ?? Coordinates.Index(cells.Rows);
        RequireEven("x", _x.Numbers);
        RequireEven("y", _y.Numbers);
        _isMatrix = x is null;
        _key = range is not var (min, max) ? ColorKey.Over(cells.Values, scale)
            : min < max ? new(scale, min, max)
            : throw new ArgumentException($"{operation}: expected a range (min, max) with min < max, got ({min}, {max}).", nameof(range));
    }

    public override bool TakesStyle => false;

    public override IReadOnlyList<string>? XLabels { get; }

    public override IReadOnlyList<string>? YLabels { get; }

    public override ColorKey? ColorKey => _key;

    public override bool YIsDown => _isMatrix;

    public override bool FillsPlot => true;

    public override double? Aspect
    {
        get
        {
            var aspect = _cells.Rows / (double)_cells.Columns;
            return _isMatrix && aspect is >= 1 / MaxAspectRatio and <= MaxAspectRatio ? aspect : null;
        }
    }

    public override double PreferredWidth => Math.Clamp(_cells.Columns * (_annotate ? 46 : 36), 280, 520);

    public override Extent XExtent(bool log) => Edges(_x.Numbers, log);

    public override Extent YExtent(bool log) => Edges(_y.Numbers, log);

    public override JsonObject ToPlotly(PlotlyContext context)
    {
        var json = new JsonObject
        {
            ["type"] = "heatmap",
            ["x"] = _x.ToPlotly(context.LogX),
            ["y"] = _y.ToPlotly(context.LogY),
            ["z"] = PlotlyNumbers.Rows(_cells.Values, _cells.Columns),
            ["zmin"] = PlotlyNumbers.Number(_key.Min),
            ["zmax"] = PlotlyNumbers.Number(_key.Max),
            ["colorscale"] = PlotlyFigure.ColorScale(_key.Scale),
            ["colorbar"] = context.ColorBar(),
            ["hoverongaps"] = false,
        };
        if (_isMatrix && _cells.Values.Length <= MaxRectangles)
        {
            json["xgap"] = 1;
            json["ygap"] = 1;
        }
        if (_annotate)
        {
            json["text"] = new JsonArray([.. _cells.Values.Select(Text).Chunk(_cells.Columns).Select(PlotlyFigure.Strings)]);
            json["texttemplate"] = "%{text}";
        }
        return json;
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var isEven = !(area.Panel.Chart.XAxis.IsLog || area.Panel.Chart.YAxis.IsLog);
        if (isEven && _cells.Values.Length > MaxRectangles)
        {
            DrawPicture(canvas, area);
        }
        else
        {
            DrawRectangles(canvas, area);
        }
        if (_annotate)
        {
            DrawAnnotations(canvas, area);
        }
    }

    public override string Summary(bool yIsLog)
    {
        var extent = Extent.Of(_cells.Values, positiveOnly: false);
        var values = extent.IsEmpty ? "no finite values" : $"{ShortNumber.Format(extent.Min)} to {ShortNumber.Format(extent.Max)}";
        return $"heat map, {_cells.Rows} × {_cells.Columns}, {values}";
    }

    private void DrawRectangles(SvgCanvas canvas, PlotArea area)
    {
        var paths = new SortedDictionary<int, SvgPath>();
        var gap = Cell(area, 0) is { Width: > 12, Height: > 12 } && _isMatrix ? 0.5 : 0;
        for (var i = 0; i < _cells.Values.Length; i++)
        {
            var cell = Cell(area, i);
            if (double.IsFinite(_cells.Values[i]) && double.IsFinite(cell.Width + cell.Height))
            {
                var rgb = _key.Rgb(_cells.Values[i]);
                paths.TryAdd(rgb, new());
                paths[rgb].Rect(new(cell.Left + gap, cell.Top + gap, cell.Width - 2 * gap, cell.Height - 2 * gap));
            }
        }
        foreach (var (rgb, path) in paths)
        {
            canvas.Fill(path, ColorRamp.Hex(rgb), hasSharpEdges: true);
        }
    }

    private void DrawPicture(SvgCanvas canvas, PlotArea area)
    {
        var palette = new int[Levels + 1];
        for (var level = 1; level <= Levels; level++)
        {
            palette[level] = ColorRamp.Of(_key.Scale).Rgb((level - 1) / (Levels - 1.0));
        }
        var (first, last) = (Cell(area, 0), Cell(area, _cells.Values.Length - 1));
        var (isMirrored, isUpward) = (last.Left < first.Left, last.Top < first.Top);
        var indices = new byte[_cells.Values.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            var (row, column) = (i / _cells.Columns, i % _cells.Columns);
            row = isUpward ? _cells.Rows - 1 - row : row;
            column = isMirrored ? _cells.Columns - 1 - column : column;
            indices[row * _cells.Columns + column] = Level(_cells.Values[i]);
        }
        var box = Box.FromEdges(
            Math.Min(first.Left, last.Left), Math.Min(first.Top, last.Top),
            Math.Max(first.Right, last.Right), Math.Max(first.Bottom, last.Bottom));
        canvas.Image(box, Png.DataUri(indices, _cells.Columns, palette));
    }

    private void DrawAnnotations(SvgCanvas canvas, PlotArea area)
    {
        const double smallestReadable = 8;
        var widest = _cells.Values.Max(value => TextMetrics.Width(Text(value), 1));
        var cell = Cell(area, 0);
        var size = Math.Min(14, Math.Min(cell.Height * 0.6, (cell.Width - 4) / Math.Max(widest, 0.5)));
        if (size < smallestReadable)
        {
            return;
        }
        for (var i = 0; i < _cells.Values.Length; i++)
        {
            if (double.IsFinite(_cells.Values[i]))
            {
                var box = Cell(area, i);
                var color = ColorRamp.IsDark(_key.Rgb(_cells.Values[i])) ? Style.Ground : Style.TitleColor;
                canvas.Text(
                    box.Left + box.Width / 2, box.Top + box.Height / 2 + size * 0.36, Text(_cells.Values[i]), size, color, Anchor.Middle);
            }
        }
    }

    private string Text(double value) => ShortNumber.Drawn(value.ToString(_format, CultureInfo.InvariantCulture));

    /// <summary>The format with about three digits for the largest value, and the same decimals in all cells.</summary>
    private static string DefaultFormat(double[] values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        return finite.All(value => value == Math.Truncate(value)) ? "0" : finite.Max(Math.Abs) switch
        {
            >= 1e5 or < 1e-2 => "0.#e0",
            >= 100 => "0",
            >= 10 => "0.0",
            _ => "0.00",
        };
    }

    private byte Level(double value) => double.IsFinite(value)
        ? (byte)(1 + Math.Round(Math.Clamp((value - _key.Min) / (_key.Max - _key.Min), 0, 1) * (Levels - 1)))
        : Png.Transparent;

    private Box Cell(PlotArea area, int index)
    {
        var (x, y) = (_x.Numbers[index % _cells.Columns], _y.Numbers[index / _cells.Columns]);
        var (halfWidth, halfHeight) = (Spacing(_x.Numbers) / 2, Spacing(_y.Numbers) / 2);
        var (left, right) = (area.X(x - halfWidth), area.X(x + halfWidth));
        var (top, bottom) = (area.Y(y + halfHeight), area.Y(y - halfHeight));
        return Box.FromEdges(Math.Min(left, right), Math.Min(top, bottom), Math.Max(left, right), Math.Max(top, bottom));
    }

    private static double Spacing(ReadOnlySpan<double> places) =>
        places.Length < 2 ? 1 : (places[^1] - places[0]) / (places.Length - 1);

    private static Extent Edges(ReadOnlySpan<double> places, bool log)
    {
        var half = Math.Abs(Spacing(places)) / 2;
        var (least, greatest) = (Math.Min(places[0], places[^1]), Math.Max(places[0], places[^1]));
        return log
            ? Extent.Of(places, positiveOnly: true) with { IsTight = true }
            : new(least - half, greatest + half, IsIntegral: least == Math.Truncate(least) && half == 0.5, IsTight: true);
    }

    private static void RequireEven(string name, ReadOnlySpan<double> places)
    {
        const double tolerance = 1e-3;
        var spacing = Spacing(places);
        for (var i = 0; i < places.Length; i++)
        {
            if (spacing == 0 || !(Math.Abs(places[i] - (places[0] + i * spacing)) <= tolerance * Math.Abs(spacing)))
            {
                throw new ArgumentException(
                    $"Chart.Heatmap: expected evenly spaced {name}, got {places[i]} at index {i} "
                    + $"where {places[0] + i * spacing} would be even.", name);
            }
        }
    }
}
