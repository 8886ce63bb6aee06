using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>Points as markers, without lines; NaN and infinite values are omitted.</summary>
    /// <param name="x">Horizontal coordinates: numbers, or dates (DateTime, DateOnly, DateTimeOffset).</param>
    /// <param name="y">Vertical coordinates, as many as <paramref name="x"/>.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="labels">
    /// A text for each point, written beside it for up to 40 points, otherwise shown on hover only.
    /// </param>
    /// <param name="colors">A number for each point, shown as its colour with a colour bar.</param>
    /// <param name="scale">The colour scale of <paramref name="colors"/>.</param>
    /// <exception cref="ArgumentException">There is no point, the lengths differ, or x is neither numbers nor dates.</exception>
    public static Chart Scatter<TX, TY>(
        IEnumerable<TX> x, IEnumerable<TY> y, string? name = null,
        IEnumerable<string>? labels = null, IEnumerable<double>? colors = null, ColorScale scale = ColorScale.Vivid)
        where TY : INumber<TY>
    {
        var values = colors?.ToArray();
        return Of(new ScatterTrace(
            Coordinates.Of(x, "Chart.Scatter"), Coordinates.ToDoubles(y), name, labels?.ToArray(), values,
            values is null ? null : ColorKey.Over(values, scale)));
    }

    /// <summary>Points in the colour and shape of their class, with a legend entry per class, in ascending order.</summary>
    /// <param name="x">Horizontal coordinates: numbers, or dates (DateTime, DateOnly, DateTimeOffset).</param>
    /// <param name="y">Vertical coordinates, as many as <paramref name="x"/>.</param>
    /// <param name="classes">The class of each point.</param>
    /// <exception cref="ArgumentException">There is no point, the lengths differ, or x is neither numbers nor dates.</exception>
    public static Chart Scatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, IEnumerable<int> classes)
        where TY : INumber<TY>
    {
        ArgumentNullException.ThrowIfNull(classes);
        var numbers = classes.ToArray();
        return ByClass(
            Coordinates.Of(x, "Chart.Scatter"), Coordinates.ToDoubles(y),
            [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))],
            [.. numbers.Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>Points in the colour and shape of their named class, classes in the order of first appearance.</summary>
    /// <inheritdoc cref="Scatter{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, IEnumerable{int})"/>
    public static Chart Scatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, IEnumerable<string> classes)
        where TY : INumber<TY>
    {
        ArgumentNullException.ThrowIfNull(classes);
        var names = classes.ToArray();
        return ByClass(Coordinates.Of(x, "Chart.Scatter"), Coordinates.ToDoubles(y), names, [.. names.Distinct()]);
    }

    private static Chart ByClass(Coordinates x, double[] y, string[] classes, string[] order)
    {
        Require.SameLength("Chart.Scatter", "x", x.Count, "y", y.Length);
        Require.SameLength("Chart.Scatter", "classes", classes.Length, "y", y.Length);
        Require.NotEmpty("Chart.Scatter", "y", y.Length);
        return Of(order.Select(name => new ScatterTrace(
            x.Where(i => classes[i] == name), [.. y.Where((_, i) => classes[i] == name)], name, null, null, null)));
    }
}

/// <summary>Points as markers.</summary>
internal sealed class ScatterTrace : Trace
{
    private const int MaxDrawnLabels = 40;

    private const double LabelOffset = 7;

    /// <summary>The number of distinguishable colours on a scale; each is one path of the SVG.</summary>
    private const int ColorSteps = 48;

    private readonly Coordinates _x;
    private readonly double[] _y;
    private readonly string[]? _labels;
    private readonly double[]? _colors;

    public ScatterTrace(Coordinates x, double[] y, string? name, string[]? labels, double[]? colors, ColorKey? colorKey)
        : base(name)
    {
        Require.NotEmpty("Chart.Scatter", "y", y.Length);
        Require.SameLength("Chart.Scatter", "x", x.Count, "y", y.Length);
        Require.SameLength("Chart.Scatter", "labels", labels?.Length ?? y.Length, "y", y.Length);
        Require.SameLength("Chart.Scatter", "colors", colors?.Length ?? y.Length, "y", y.Length);
        (_x, _y, _labels, _colors, ColorKey) = (x, y, labels, colors, colorKey);
    }

    public override ColorKey? ColorKey { get; }

    public override bool TakesStyle => _colors is null;

    private bool DrawsLabels => _labels is { Length: <= MaxDrawnLabels };

    private double Opacity => _y.Length > 300 ? 0.7 : 0.9;

    public override bool? XIsDate => _x.AreDates;

    public override Extent XExtent(bool log) => _x.Extent(log);

    private static string Dates(Extent extent) =>
        extent.IsEmpty ? "not finite" : $"{DateNumber.Text(extent.Min)} to {DateNumber.Text(extent.Max)}";

    public override Extent YExtent(bool log) => Extent.Of(_y, log);

    public override JsonObject ToPlotly(PlotlyContext context)
    {
        var marker = new JsonObject
        {
            ["symbol"] = context.Style.Marker.PlotlyName,
            ["size"] = PlotlyNumbers.Number(Style.MarkerSize),
            ["opacity"] = PlotlyNumbers.Number(Opacity),
            ["color"] = context.Style.Color,
        };
        if (context.IsOverField)
        {
            marker["line"] = new JsonObject { ["color"] = Style.Ground, ["width"] = 1 };
        }
        if (_colors is not null && ColorKey is not null)
        {
            marker["color"] = PlotlyNumbers.Array(_colors);
            marker["cmin"] = PlotlyNumbers.Number(ColorKey.Min);
            marker["cmax"] = PlotlyNumbers.Number(ColorKey.Max);
            marker["colorscale"] = PlotlyFigure.ColorScale(ColorKey.Scale);
            marker["showscale"] = true;
            marker["colorbar"] = context.ColorBar();
        }
        var json = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = DrawsLabels ? "markers+text" : "markers",
            ["x"] = _x.ToPlotly(context.LogX),
            ["y"] = PlotlyNumbers.Array(_y, context.LogY),
            ["marker"] = marker,
        };
        if (_labels is not null)
        {
            json["text"] = PlotlyFigure.Strings(_labels);
            json["textposition"] = "top right";
            json["cliponaxis"] = false;
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
        if (_colors is null || ColorKey is null)
        {
            Markers.Draw(canvas, points, style, Opacity, isOverField: !area.Panel.HasGridLines);
        }
        else
        {
            DrawColored(canvas, points, style, ColorKey, _colors);
        }
        if (DrawsLabels && _labels is not null)
        {
            foreach (var (point, label) in points.Zip(_labels).Where(pair => double.IsFinite(pair.First.X + pair.First.Y)))
            {
                var isLeft = point.X + LabelOffset + TextMetrics.Width(label, Style.LabelSize) > area.Box.Right;
                canvas.Text(
                    isLeft ? point.X - LabelOffset : point.X + LabelOffset, Math.Max(point.Y - 6, area.Box.Top + Style.LabelSize),
                    label, Style.LabelSize, Style.TextColor, isLeft ? Anchor.End : Anchor.Start);
            }
        }
    }

    public override void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) =>
        Markers.Draw(canvas, [(box.Left + box.Width / 2, box.Top + box.Height / 2)], style, opacity: 1);

    public override string Summary(bool yIsLog) =>
        $"{Label}{ChartText.Count(_y.Length, "point")}, x {(_x.AreDates ? Dates(_x.Extent(log: false)) : Range(_x.Numbers))}, y {Range(_y)}"
        + (_colors is null ? "" : $", colour {Range(_colors)}");

    private void DrawColored(
        SvgCanvas canvas, (double X, double Y)[] points, TraceStyle style, ColorKey key, double[] colors)
    {
        var steps = Enumerable.Range(0, points.Length)
            .Where(i => double.IsFinite(colors[i]))
            .GroupBy(i => (int)Math.Round(Math.Clamp((colors[i] - key.Min) / (key.Max - key.Min), 0, 1) * ColorSteps));
        foreach (var step in steps.OrderBy(step => step.Key))
        {
            var color = ColorRamp.Hex(ColorRamp.Of(key.Scale).Rgb(step.Key / (double)ColorSteps));
            Markers.Draw(canvas, [.. step.Select(i => points[i])], style with { Color = color }, Opacity);
        }
    }

    private static string Range(ReadOnlySpan<double> values)
    {
        var extent = Extent.Of(values, positiveOnly: false);
        return extent.IsEmpty ? "never finite" : $"{ShortNumber.Format(extent.Min)} to {ShortNumber.Format(extent.Max)}";
    }
}
