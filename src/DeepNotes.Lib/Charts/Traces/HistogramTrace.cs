using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>A histogram with bins of equal width; combined histograms overlap.</summary>
    /// <param name="x">The sample; NaN, infinite values and those outside <paramref name="range"/> are left out.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="bins">The number of bins; 0 for the rule of Freedman and Diaconis (1981).</param>
    /// <param name="range">The edges of the first and the last bin; by default, all values are counted.</param>
    /// <param name="density">Whether to show the density, count / (sample size · width), whose area is 1, instead of counts.</param>
    /// <exception cref="ArgumentException">The sample or the range is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is negative.</exception>
    public static Chart Histogram<T>(
        IEnumerable<T> x, string? name = null, int bins = 0, (double Min, double Max)? range = null, bool density = false)
        where T : INumber<T>
    {
        var values = Coordinates.ToDoubles(x);
        Require.NotEmpty("Chart.Histogram", "x", values.Length);
        return Of(new HistogramTrace(values, HistogramBins.Of([values], bins, range), name, density));
    }

    /// <summary>Overlapping histograms of several named samples with common bins.</summary>
    /// <param name="samples">The name and values of each sample.</param>
    /// <param name="bins">The number of bins; 0 for the rule of Freedman and Diaconis (1981).</param>
    /// <param name="range">The edges of the first and the last bin; by default, all values are counted.</param>
    /// <param name="density">Whether to show the density, count / (sample size · width), to compare samples of different sizes.</param>
    /// <exception cref="ArgumentException">There is no sample, or one of them or the range is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is negative.</exception>
    public static Chart Histogram<T>(
        IEnumerable<(string Name, IEnumerable<T> Values)> samples, int bins = 0, (double Min, double Max)? range = null,
        bool density = false)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        var given = samples.Select(sample => (sample.Name, Values: Coordinates.ToDoubles(sample.Values))).ToArray();
        Require.NotEmpty("Chart.Histogram", "samples", given.Length);
        foreach (var (name, values) in given)
        {
            Require.NotEmpty("Chart.Histogram", name, values.Length);
        }
        var common = HistogramBins.Of([.. given.Select(sample => sample.Values)], bins, range);
        return Of(given.Select(sample => new HistogramTrace(sample.Values, common, sample.Name, density)));
    }
}

/// <summary>A histogram.</summary>
internal sealed class HistogramTrace : Trace
{
    private const double Opacity = 0.42;

    private readonly HistogramBins _bins;
    private readonly double[] _heights;
    private readonly int _size;
    private readonly int _counted;
    private readonly bool _isDensity;

    public HistogramTrace(double[] values, HistogramBins bins, string? name, bool density)
        : base(name)
    {
        var counts = bins.CountOf(values);
        (_bins, _size, _counted, _isDensity) = (bins, values.Length, (int)counts.Sum(), density);
        _heights = density && _counted > 0 ? [.. counts.Select(count => count / (_counted * bins.Width))] : counts;
    }

    /// <summary>Creates a histogram from bins and heights, which are taken for counts if they are integers.</summary>
    public HistogramTrace(HistogramBins bins, double[] heights, string? name, bool mayBeCounts)
        : base(name)
    {
        var areCounts = mayBeCounts && heights.All(height => height == Math.Truncate(height) && Math.Abs(height) < int.MaxValue / (heights.Length + 1.0));
        (_bins, _heights, _isDensity) = (bins, heights, !areCounts);
        _size = _counted = areCounts ? (int)heights.Sum() : 0;
    }

    public override Extent XExtent(bool log) => _bins.Count == 0
        ? Extent.Empty
        : Extent.Of([_bins.Start, _bins.Edge(_bins.Count)], log) with { IsIntegral = _bins is { Width: 1 } };

    public override Extent YExtent(bool log)
    {
        var heights = Extent.Of(_heights, log);
        return log || heights.IsEmpty ? heights : heights with { Min = 0, IsIntegral = !_isDensity };
    }

    /// <summary>
    /// A bar trace with explicit offset and width: sixty bars are smaller than sixty thousand values, and both renderings have the
    /// same bins.
    /// </summary>
    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "bar",
        ["x"] = PlotlyNumbers.Array([.. Enumerable.Range(0, _bins.Count).Select(_bins.Edge)], context.LogX),
        ["y"] = PlotlyNumbers.Array(_heights, context.LogY),
        ["width"] = PlotlyNumbers.Number(_bins.Width),
        ["offset"] = 0,
        ["marker"] = new JsonObject
        {
            ["color"] = PlotlyFigure.Translucent(context.Style.Color, Opacity),
            ["line"] = new JsonObject { ["color"] = context.Style.Color, ["width"] = 1 },
        },
        ["hovertext"] = PlotlyFigure.Strings(Enumerable.Range(0, _bins.Count).Select(Words)),
        ["hoverinfo"] = "text+name",
    };

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        if (_bins.Count > 0)
        {
            var outline = Outline(area);
            canvas.Fill(Outline(area), style.Color, Opacity);
            canvas.Stroke(outline, style.Color, Style.OutlineWidth, style.Dash.Svg);
        }
    }

    public override void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) =>
        SvgLegend.DrawArea(canvas, box, style, Opacity);

    public override string Summary(bool yIsLog)
    {
        var left = _size == _counted ? "" : $", {_size - _counted} not counted";
        if (!_heights.Any(height => height > 0))
        {
            return $"{Label}histogram of no values{left}";
        }
        var highest = Array.IndexOf(_heights, _heights.Max());
        var values = _counted > 0 ? $" of {ChartText.Count(_counted, "value")}" : "";
        return $"{Label}histogram{values} in {ChartText.Count(_bins.Count, "bin")} from "
            + $"{ShortNumber.Format(_bins.Start)} to {ShortNumber.Format(_bins.Edge(_bins.Count))}, most in {Words(highest)}{left}";
    }

    private string Words(int bin) =>
        $"{ShortNumber.Format(_bins.Edge(bin))} to {ShortNumber.Format(_bins.Edge(bin + 1))}: {ShortNumber.Format(_heights[bin])}";

    /// <summary>The outline of the bars, down to zero at both ends.</summary>
    private SvgPath Outline(PlotArea area)
    {
        var ground = area.Y(0) is var zero && double.IsFinite(zero) ? zero : area.Box.Bottom;
        double Left(int bin) => area.X(_bins.Edge(bin)) is var x && double.IsFinite(x) ? x : area.Box.Left;
        var path = new SvgPath();
        path.MoveTo(Left(0), ground);
        for (var i = 0; i < _bins.Count; i++)
        {
            var top = area.Y(_heights[i]) is var y && double.IsFinite(y) ? y : ground;
            path.LineTo(Left(i), top).LineTo(Left(i + 1), top);
        }
        return path.LineTo(Left(_bins.Count), ground);
    }
}
