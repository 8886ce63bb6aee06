using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>Vertical bars over categories; combined charts are grouped side by side.</summary>
    /// <param name="x">The category of each bar.</param>
    /// <param name="y">The height of each bar, as many as <paramref name="x"/>; NaN leaves a gap.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="showValues">Whether to write each number at the end of its bar.</param>
    /// <exception cref="ArgumentException">There is no bar, or the lengths differ.</exception>
    public static Chart Bar<T>(IEnumerable<string> x, IEnumerable<T> y, string? name = null, bool showValues = false)
        where T : INumber<T> => Of(new BarTrace(Coordinates.Of(x), Coordinates.ToDoubles(y), name, showValues));

    /// <summary>Vertical bars over numbers or dates; combined charts are grouped side by side.</summary>
    /// <param name="x">The position of each bar.</param>
    /// <param name="y">The height of each bar, as many as <paramref name="x"/>; NaN leaves a gap.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="showValues">Whether to write each number at the end of its bar.</param>
    /// <exception cref="ArgumentException">There is no bar, or the lengths differ.</exception>
    public static Chart Bar<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, bool showValues = false)
        where TY : INumber<TY> => Of(new BarTrace(Coordinates.Of(x, "Chart.Bar"), Coordinates.ToDoubles(y), name, showValues));
}

/// <summary>Vertical bars from zero.</summary>
internal sealed class BarTrace : Trace
{
    /// <summary>The width of a group of bars as a fraction of the distance between two positions.</summary>
    private const double GroupWidth = 0.78;

    /// <summary>The smallest font size for values; they are omitted if the bars are too narrow for it.</summary>
    private const double SmallestValue = 8;

    private readonly Coordinates _x;
    private readonly double[] _y;
    private readonly bool _showValues;

    public BarTrace(Coordinates x, double[] y, string? name, bool showValues)
        : base(name)
    {
        Require.NotEmpty("Chart.Bar", "y", y.Length);
        Require.SameLength("Chart.Bar", "x", x.Count, "y", y.Length);
        (_x, _y, _showValues) = (x, y, showValues);
    }

    /// <summary>The base of each bar of a stack; null for bars from zero.</summary>
    public double[]? Below { get; init; }

    public override bool? XIsDate => _x.Labels is null ? _x.AreDates : null;

    public override IReadOnlyList<string>? XCategories => _x.Labels;

    private double[] Ends => Below is null ? _y : [.. _y.Zip(Below, (height, below) => below + height)];

    /// <summary>The smallest distance between two positions.</summary>
    private double Spacing
    {
        get
        {
            var places = _x.Numbers.ToArray().Where(double.IsFinite).Distinct().Order().ToArray();
            return places.Length < 2 ? (_x.AreDates ? DateNumber.Day : 1) : places.Zip(places.Skip(1), (left, right) => right - left).Min();
        }
    }

    public override Extent XExtent(bool log)
    {
        var places = _x.Extent(log);
        return places.IsEmpty || log ? places
            : places with { Min = places.Min - Spacing / 2, Max = places.Max + Spacing / 2 };
    }

    public override Extent YExtent(bool log)
    {
        var heights = Extent.Of(Ends, log);
        var room = _showValues ? 1.08 : 1;
        return log || heights.IsEmpty ? heights
            : heights with { Min = Math.Min(0, heights.Min * room), Max = Math.Max(0, heights.Max * room) };
    }

    public override JsonObject ToPlotly(PlotlyContext context)
    {
        var json = new JsonObject
        {
            ["type"] = "bar",
            ["x"] = _x.ToPlotly(context.LogX),
            ["y"] = PlotlyNumbers.Array(_y, context.LogY),
            ["marker"] = new JsonObject { ["color"] = context.Style.Color },
        };
        if (context.Style.Hatch.Angle is not null)
        {
            json["marker"]!["pattern"] = new JsonObject
            {
                ["shape"] = context.Style.Hatch.PlotlyName,
                ["size"] = 7,
                ["solidity"] = 0.2,
                ["fillmode"] = "overlay",
                ["bgcolor"] = context.Style.Color,
                ["fgcolor"] = Style.StripeColor,
            };
        }
        if (_showValues)
        {
            json["text"] = PlotlyFigure.Strings(_y.Select(ShortNumber.Format));
            json["textposition"] = "outside";
            json["cliponaxis"] = false;
        }
        return json;
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        IReadOnlyList<BarTrace> bars = Below is null ? area.Panel.Bars : [this];
        var index = bars.TakeWhile(bar => bar != this).Count();
        var spacing = area.Panel.XCategories is null ? bars.Min(bar => bar.Spacing) : 1;
        var width = spacing * GroupWidth / bars.Count;
        var offset = (index - (bars.Count - 1) / 2.0) * width;
        var places = _x.Positions(area.Panel.XCategories);
        var ends = Ends;
        for (var i = 0; i < places.Length; i++)
        {
            var (zero, end) = (area.Y(Below?[i] ?? 0), area.Y(ends[i]));
            var (left, right) = (area.X(places[i] + offset - width / 2), area.X(places[i] + offset + width / 2));
            if (double.IsFinite(end) && double.IsFinite(left) && double.IsFinite(right))
            {
                DrawBar(canvas, area, style, left, right, double.IsFinite(zero) ? zero : area.Box.Bottom, end, _y[i]);
            }
        }
    }

    public override string Summary(bool yIsLog) =>
        $"{Label}{ChartText.Count(_y.Length, "bar")}, {Numbers(_y, yIsLog)}";

    private void DrawBar(
        SvgCanvas canvas, PlotArea area, TraceStyle style, double left, double right, double zero, double end, double value)
    {
        var gap = right - left > 6 ? 1 : 0;
        canvas.Rect(Box.FromEdges(left + gap, Math.Min(zero, end), right - gap, Math.Max(zero, end)), style.Color, style.Hatch);
        if (_showValues)
        {
            var text = ShortNumber.Drawn(ShortNumber.Format(value));
            var size = Math.Min(Style.LabelSize, (right - left + 2) / TextMetrics.Width(text, 1));
            if (size < SmallestValue)
            {
                return;
            }
            var isBelow = end > zero || (end == zero && zero <= area.Box.Top);
            var baseline = isBelow ? end + size + 2 : end - 5;
            canvas.Text((left + right) / 2, baseline, text, size, Style.TextColor, Anchor.Middle);
        }
    }
}
