using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Horizontal bars from zero.</summary>
internal sealed class HorizontalBarTrace : Trace
{
    private const double GroupWidth = 0.78;

    private readonly double[] _x;
    private readonly double[] _y;

    /// <param name="x">The length of each bar; NaN leaves a gap.</param>
    /// <param name="y">The position of each bar on the y axis.</param>
    /// <param name="name">The name in the legend.</param>
    public HorizontalBarTrace(double[] x, double[] y, string? name)
        : base(name)
    {
        Require.NotEmpty("Horizontal bars", "x", x.Length);
        Require.SameLength("Horizontal bars", "y", y.Length, "x", x.Length);
        (_x, _y) = (x, y);
    }

    private double Spacing
    {
        get
        {
            var places = _y.Where(double.IsFinite).Distinct().Order().ToArray();
            return places.Length < 2 ? 1 : places.Zip(places.Skip(1), (lower, upper) => upper - lower).Min();
        }
    }

    public override Extent XExtent(bool log)
    {
        var lengths = Extent.Of(_x, log);
        return log || lengths.IsEmpty ? lengths : lengths with { Min = Math.Min(0, lengths.Min), Max = Math.Max(0, lengths.Max) };
    }

    public override Extent YExtent(bool log)
    {
        var places = Extent.Of(_y, log);
        return places.IsEmpty || log ? places : places with { Min = places.Min - Spacing / 2, Max = places.Max + Spacing / 2 };
    }

    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "bar",
        ["orientation"] = "h",
        ["x"] = PlotlyNumbers.Array(_x, context.LogX),
        ["y"] = PlotlyNumbers.Array(_y, context.LogY),
        ["marker"] = new JsonObject { ["color"] = context.Style.Color },
    };

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        List<HorizontalBarTrace> bars = [.. area.Panel.Traces.OfType<HorizontalBarTrace>()];
        var width = bars.Min(bar => bar.Spacing) * GroupWidth / bars.Count;
        var offset = (bars.IndexOf(this) - (bars.Count - 1) / 2.0) * width;
        var zero = area.X(0) is var x && double.IsFinite(x) ? x : area.Box.Left;
        for (var i = 0; i < _x.Length; i++)
        {
            var (end, one, other) = (area.X(_x[i]), area.Y(_y[i] + offset - width / 2), area.Y(_y[i] + offset + width / 2));
            if (double.IsFinite(end + one + other))
            {
                var (top, bottom) = (Math.Min(one, other), Math.Max(one, other));
                canvas.Rect(Box.FromEdges(Math.Min(zero, end), top, Math.Max(zero, end), bottom), style.Color, style.Hatch);
            }
        }
    }

    public override string Summary(bool yIsLog) => $"{Label}{ChartText.Count(_x.Length, "horizontal bar")}, {Numbers(_x, log: false)}";
}
