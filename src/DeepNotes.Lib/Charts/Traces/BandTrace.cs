using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>A shaded band between two curves, in the colour of a line of the same name.</summary>
    /// <param name="x">Horizontal coordinates: numbers, or dates (DateTime, DateOnly, DateTimeOffset).</param>
    /// <param name="lower">One edge of the band at each x; NaN leaves a gap.</param>
    /// <param name="upper">The other edge.</param>
    /// <param name="name">The name in the legend.</param>
    /// <exception cref="ArgumentException">There is no point, the lengths differ, or x is neither numbers nor dates.</exception>
    public static Chart Band<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> lower, IEnumerable<TY> upper, string? name = null)
        where TY : INumber<TY> => Of(new BandTrace(
            "Chart.Band", Coordinates.Of(x, "Chart.Band"), Coordinates.ToDoubles(lower), Coordinates.ToDoubles(upper), name));

    /// <summary>A line in a shaded band: a value and its uncertainty.</summary>
    /// <param name="x">Horizontal coordinates: numbers, or dates (DateTime, DateOnly, DateTimeOffset).</param>
    /// <param name="y">The line.</param>
    /// <param name="lower">One edge of the band at each x; NaN leaves a gap.</param>
    /// <param name="upper">The other edge.</param>
    /// <param name="name">The name in the legend.</param>
    /// <exception cref="ArgumentException">There is no point, the lengths differ, or x is neither numbers nor dates.</exception>
    public static Chart Range<TX, TY>(
        IEnumerable<TX> x, IEnumerable<TY> y, IEnumerable<TY> lower, IEnumerable<TY> upper, string? name = null)
        where TY : INumber<TY>
    {
        return Range(Coordinates.Of(x, "Chart.Range"), Coordinates.ToDoubles(y), Coordinates.ToDoubles(lower), Coordinates.ToDoubles(upper), name);
    }

    /// <summary>The mean of several runs as a line, in a band of ± one sample standard deviation (n - 1).</summary>
    /// <param name="x">Horizontal coordinates, such as epochs: numbers or dates.</param>
    /// <param name="runs">The curve of each run, for instance one per seed, with as many values as <paramref name="x"/>.</param>
    /// <param name="name">The name in the legend.</param>
    /// <exception cref="ArgumentException">There are fewer than two runs, or their lengths differ.</exception>
    public static Chart Runs<TX, TY>(IEnumerable<TX> x, IEnumerable<IEnumerable<TY>> runs, string? name = null)
        where TY : INumber<TY>
    {
        const string operation = "Chart.Runs";
        ArgumentNullException.ThrowIfNull(runs);
        var positions = Coordinates.Of(x, operation);
        var curves = runs.Select(Coordinates.ToDoubles).ToArray();
        if (curves.Length < 2)
        {
            throw new ArgumentException($"{operation}: expected two runs or more, got {curves.Length}; one run has no deviation.", nameof(runs));
        }
        foreach (var (i, curve) in curves.Index())
        {
            Require.SameLength(operation, $"values in run {i}", curve.Length, "x", positions.Count);
        }
        double[] mean = [.. Enumerable.Range(0, positions.Count).Select(i => curves.Average(curve => curve[i]))];
        double[] deviation = [.. mean.Select((_, i) =>
            Math.Sqrt(curves.Sum(curve => (curve[i] - mean[i]) * (curve[i] - mean[i])) / (curves.Length - 1)))];
        return Range(
            positions, mean, [.. mean.Zip(deviation, (m, d) => m - d)], [.. mean.Zip(deviation, (m, d) => m + d)], name);
    }

    private static Chart Range(Coordinates x, double[] y, double[] lower, double[] upper, string? name) =>
        Of(new BandTrace("Chart.Range", x, lower, upper, name), new LineTrace(x, y, name, markers: false));
}

/// <summary>A shaded band between two curves.</summary>
internal sealed class BandTrace : Trace
{
    private const double Opacity = 0.22;

    private readonly Coordinates _x;
    private readonly double[] _lower;
    private readonly double[] _upper;

    public BandTrace(string operation, Coordinates x, double[] lower, double[] upper, string? name)
        : base(name)
    {
        Require.NotEmpty(operation, "lower", lower.Length);
        Require.SameLength(operation, "upper", upper.Length, "lower", lower.Length);
        Require.SameLength(operation, "x", x.Count, "lower", lower.Length);
        (_x, _lower, _upper) = (x, lower, upper);
    }

    public override bool YieldsKey => true;

    public override bool? XIsDate => _x.AreDates;

    public override Extent XExtent(bool log) => _x.Extent(log);

    public override Extent YExtent(bool log) => Extent.Of(_lower, log).Union(Extent.Of(_upper, log));

    public override JsonObject ToPlotly(PlotlyContext context)
    {
        var (x, y) = (new List<double>(), new List<double>());
        foreach (var part in Parts(context.LogX, context.LogY))
        {
            if (x.Count > 0)
            {
                x.Add(double.NaN);
                y.Add(double.NaN);
            }
            x.AddRange(part.Concat(part.Reverse()).Select(i => _x.Numbers[i]));
            y.AddRange(part.Select(i => _upper[i]).Concat(part.Reverse().Select(i => _lower[i])));
        }
        return new()
        {
            ["type"] = "scatter",
            ["mode"] = "lines",
            ["x"] = _x.ToPlotly([.. x], context.LogX),
            ["y"] = PlotlyNumbers.Array([.. y], context.LogY),
            ["fill"] = "toself",
            ["fillcolor"] = PlotlyFigure.Translucent(context.Style.Color, Opacity),
            ["line"] = new JsonObject { ["width"] = 0, ["color"] = context.Style.Color },
            ["hoverinfo"] = "skip",
        };
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        foreach (var part in Parts(area.Panel.Chart.XAxis.IsLog, area.Panel.Chart.YAxis.IsLog))
        {
            var outline = Polyline.Path([.. part.Select(i => (area.X(_x.Numbers[i]), area.Y(_upper[i])))]);
            outline.Append(Polyline.Path([.. part.Reverse().Select(i => (area.X(_x.Numbers[i]), area.Y(_lower[i])))]));
            outline.Close();
            canvas.Fill(outline, style.Color, Opacity);
        }
    }

    public override double KeyWidth => Style.LineKeyWidth;

    public override void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) =>
        canvas.Rect(new(box.Left, box.Top + box.Height / 2 - 5, box.Width, 10), style.Color, Opacity);

    public override string Summary(bool yIsLog)
    {
        var extent = YExtent(yIsLog);
        return $"{Label}band, {ChartText.Count(_lower.Length, "point")}, "
            + (extent.IsEmpty ? "no finite values" : $"{ShortNumber.Format(extent.Min)} to {ShortNumber.Format(extent.Max)}");
    }

    /// <summary>The runs of points without a gap.</summary>
    private List<int[]> Parts(bool logX, bool logY)
    {
        var parts = new List<int[]>();
        var part = new List<int>();
        for (var i = 0; i <= _lower.Length; i++)
        {
            var isDrawable = i < _lower.Length && Extent.IsDrawable(_x.Numbers[i], logX)
                && Extent.IsDrawable(_lower[i], logY) && Extent.IsDrawable(_upper[i], logY);
            if (isDrawable)
            {
                part.Add(i);
            }
            else if (part.Count > 0)
            {
                parts.Add([.. part]);
                part.Clear();
            }
        }
        return parts;
    }
}
