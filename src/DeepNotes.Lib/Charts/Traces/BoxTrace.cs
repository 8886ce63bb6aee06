using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>
    /// A box plot, one box per label: a line at the median, a box from the first to the third quartile, whiskers to the extreme
    /// values within 1.5 interquartile ranges (Tukey, 1977), and the outliers as points. Combined charts with the same labels
    /// are grouped side by side.
    /// </summary>
    /// <param name="x">The label of each sample, such as a layer.</param>
    /// <param name="y">The samples, as many as <paramref name="x"/>; NaN and infinite values are left out.</param>
    /// <param name="name">The name in the legend.</param>
    /// <exception cref="ArgumentException">There is no sample, one of them is empty, or the lengths differ.</exception>
    public static Chart BoxPlot<T>(IEnumerable<string> x, IEnumerable<IEnumerable<T>> y, string? name = null)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(y);
        return Of(new BoxTrace(Coordinates.Of(x), [.. y.Select(Coordinates.ToDoubles)], name));
    }
}

/// <summary>A box plot of samples.</summary>
internal sealed class BoxTrace : Trace
{
    /// <summary>The width of a group of boxes as a fraction of the distance between two labels.</summary>
    private const double GroupWidth = 0.62;

    private const double Opacity = 0.35;
    private const double OutlierSize = 4.5;

    private readonly Coordinates _x;
    private readonly BoxSummary[] _boxes;
    private readonly int _missing;

    public BoxTrace(Coordinates x, double[][] y, string? name)
        : base(name)
    {
        const string operation = "Chart.BoxPlot";
        Require.NotEmpty(operation, "y", y.Length);
        Require.SameLength(operation, "x", x.Count, "y", y.Length);
        foreach (var (i, sample) in y.Index())
        {
            Require.NotEmpty(operation, $"y[{i}]", sample.Length);
        }
        (_x, _boxes) = (x, [.. y.Select(BoxSummary.Of)]);
        _missing = y.Sum(sample => sample.Count(value => !Extent.IsDrawable(value, positiveOnly: false)));
    }

    /// <summary>Creates a box plot from summaries.</summary>
    public BoxTrace(Coordinates x, BoxSummary[] boxes, string? name)
        : base(name)
    {
        Require.SameLength("Chart.BoxPlot", "x", x.Count, "boxes", boxes.Length);
        (_x, _boxes) = (x, boxes);
    }

    public override IReadOnlyList<string>? XCategories => _x.Labels;

    public override Extent XExtent(bool log) => _x.Extent(log);

    public override Extent YExtent(bool log) => Extent.Of([.. _boxes.SelectMany(box => box.Marks)], log);

    /// <summary>Whether another trace has a label in common, so that their boxes are grouped side by side.</summary>
    public bool Meets(BoxTrace other) => other != this && _x.Labels!.Intersect(other._x.Labels!).Any();

    public override JsonObject ToPlotly(PlotlyContext context)
    {
        JsonArray Values(Func<BoxSummary, double> of) => PlotlyNumbers.Array([.. _boxes.Select(of)], context.LogY);
        return new()
        {
            ["type"] = "box",
            ["x"] = _x.ToPlotly(context.LogX),
            ["q1"] = Values(box => box.Quartile1),
            ["median"] = Values(box => box.Median),
            ["q3"] = Values(box => box.Quartile3),
            ["lowerfence"] = Values(box => box.LowerWhisker),
            ["upperfence"] = Values(box => box.UpperWhisker),
            ["y"] = new JsonArray([.. _boxes.Select(box => PlotlyNumbers.Array(Points(box), context.LogY))]),
            ["boxpoints"] = "all",
            ["jitter"] = 0,
            ["pointpos"] = 0,
            ["fillcolor"] = PlotlyFigure.Translucent(context.Style.Color, Opacity),
            ["line"] = new JsonObject { ["color"] = context.Style.Color, ["width"] = Style.OutlineWidth },
            ["marker"] = new JsonObject { ["color"] = context.Style.Color, ["size"] = OutlierSize },
        };
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var places = _x.Positions(area.Panel.XCategories);
        foreach (var (i, box) in _boxes.Index())
        {
            var peers = area.Panel.Boxes.Where(other => other._x.Labels!.Contains(_x.Labels![i])).ToList();
            var width = GroupWidth / peers.Count;
            var middle = places[i] + (peers.IndexOf(this) - (peers.Count - 1) / 2.0) * width;
            DrawBox(canvas, area, style, box, middle, width * 0.86);
        }
    }

    public override void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) =>
        SvgLegend.DrawArea(canvas, box, style with { Dash = default }, Opacity);

    public override string Summary(bool yIsLog)
    {
        const int most = 10;
        var boxes = _boxes.Take(most).Select((box, i) => $"{_x.Labels![i]} {box}");
        return $"{Label}{ChartText.Count(_boxes.Length, "sample")} in quartiles, "
            + string.Join("; ", boxes) + (_boxes.Length > most ? "; …" : "") + (_missing > 0 ? $", {_missing} not finite" : "");
    }

    /// <summary>The outliers, or a NaN if there are none: plotly drops the whole trace if a list of points is empty.</summary>
    private static double[] Points(BoxSummary box) => box.Outliers is [] ? [double.NaN] : box.Outliers;

    private static void DrawBox(SvgCanvas canvas, PlotArea area, TraceStyle style, BoxSummary box, double position, double width)
    {
        double Y(double value) => area.Y(value) is var y && double.IsFinite(y) ? y : area.Box.Bottom;
        if (!Extent.IsDrawable(box.UpperWhisker, area.Panel.Chart.YAxis.IsLog))
        {
            return;
        }
        var (left, middle, right) = (area.X(position - width / 2), area.X(position), area.X(position + width / 2));
        var (top, bottom) = (Y(box.Quartile3), Y(box.Quartile1));
        var frame = new SvgPath();
        frame.Rect(Box.FromEdges(left, top, right, bottom));
        canvas.Fill(frame, style.Color, Opacity);
        foreach (var (whisker, end) in new[] { (Y(box.UpperWhisker), top), (Y(box.LowerWhisker), bottom) })
        {
            frame.MoveTo(middle, end).LineTo(middle, whisker);
            frame.MoveTo((left + middle) / 2, whisker).LineTo((middle + right) / 2, whisker);
        }
        canvas.Stroke(frame, style.Color, Style.OutlineWidth);
        canvas.Line(left, Y(box.Median), right, Y(box.Median), style.Color, 2 * Style.OutlineWidth);
        var points = new SvgPath();
        foreach (var y in box.Outliers.Select(area.Y).Where(double.IsFinite))
        {
            points.Dot(middle, y);
        }
        canvas.Stroke(points, style.Color, OutlierSize, isRound: true, opacity: 0.8);
    }
}
