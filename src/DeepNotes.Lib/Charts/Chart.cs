using System.Collections;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// A figure as data, with two renderings: an interactive one in the schema of plotly.js (<see cref="ToPlotlyJson"/>), and an
/// SVG whose bytes are the same on every machine (<see cref="ToSvg(string)"/>). Charts are immutable: every <c>With…</c>
/// method returns a changed copy.
/// </summary>
/// <remarks>
/// Each kind of trace is one file in <c>Traces</c>: its factory method, its data in plotly's schema and its SVG drawing.
/// NaN, infinite values and those beyond ±1e300 are gaps in both renderings, as are values that are not positive on a
/// logarithmic axis.
/// </remarks>
[TypeFormatterSource(typeof(ChartFormatterSource), MimeTypes.Plotly, MimeTypes.Svg, MimeTypes.PlainText)]
public sealed partial record Chart : IDisplayable
{
    private const int SmallestSide = 120;
    private const int LargestSide = 4000;

    private Chart() { }

    internal ImmutableArray<Trace> Traces { get; private init; } = [];

    /// <summary>The charts of a grid, or the frames of an animation; empty for a single chart.</summary>
    internal ImmutableArray<Chart> Children { get; private init; } = [];

    internal int Columns { get; private init; } = 1;

    internal string? Title { get; private init; }

    internal string? Subtitle { get; private init; }

    internal AxisSettings XAxis { get; private init; } = new();

    internal AxisSettings YAxis { get; private init; } = new();

    internal AxisSettings ZAxis { get; private init; } = new();

    internal int? Width { get; private init; }

    internal int? Height { get; private init; }

    internal bool? Legend { get; private init; }

    internal string? GivenDescription { get; private init; }

    internal bool HasParts => Children.Length > 0;

    internal bool IsGrid => HasParts && !IsAnimation;

    /// <summary>The alternative text: the given one, or a summary of the traces.</summary>
    internal string Description => GivenDescription ?? ChartText.Describe(this);

    /// <summary>Several charts in one pair of axes; titles and axis settings are taken from the first chart that has them.</summary>
    /// <param name="charts">Single charts, drawn in this order.</param>
    /// <exception cref="ArgumentException">There is no chart, or one of them is a grid.</exception>
    public static Chart Combine(params IEnumerable<Chart> charts)
    {
        var parts = Parts(charts, "Chart.Combine");
        return new()
        {
            Traces = Together("Chart.Combine", parts.SelectMany(part => part.Traces)),
            Title = parts.Select(part => part.Title).FirstOrDefault(title => title is not null),
            Subtitle = parts.Select(part => part.Subtitle).FirstOrDefault(subtitle => subtitle is not null),
            XAxis = parts.Select(part => part.XAxis).Aggregate((first, next) => first.Or(next)).Checked("Chart.Combine"),
            YAxis = parts.Select(part => part.YAxis).Aggregate((first, next) => first.Or(next)).Checked("Chart.Combine"),
            ZAxis = parts.Select(part => part.ZAxis).Aggregate((first, next) => first.Or(next)),
            Width = parts.Select(part => part.Width).FirstOrDefault(width => width is not null),
            Height = parts.Select(part => part.Height).FirstOrDefault(height => height is not null),
            Legend = parts.Select(part => part.Legend).FirstOrDefault(legend => legend is not null),
        };
    }

    /// <summary>Charts side by side, row by row, each with its own title and axes, under one legend.</summary>
    /// <param name="charts">Single charts.</param>
    /// <param name="columns">The number of charts in a row.</param>
    /// <exception cref="ArgumentException">There is no chart, or one of them is itself a grid.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    public static Chart Grid(IEnumerable<Chart> charts, int columns = 2)
    {
        Check.AtLeast(1, columns, "Chart.Grid");
        var parts = Parts(charts, "Chart.Grid");
        return new() { Children = parts, Columns = Math.Min(columns, parts.Length) };
    }

    /// <summary>Sets the title of the figure, or of its chart in a grid.</summary>
    public Chart WithTitle(string title) => this with { Title = NotNull(title) };

    /// <summary>Sets the subtitle: one line under the title that says what to look at.</summary>
    public Chart WithSubtitle(string subtitle) => this with { Subtitle = NotNull(subtitle) };

    /// <summary>Sets the given properties of the horizontal axis and keeps the others; on a grid, for each of its charts.</summary>
    /// <param name="title">Quantity and unit.</param>
    /// <param name="range">The two ends in data units; by default they follow from the data.</param>
    /// <param name="log">Whether the axis is logarithmic; values that are not positive become gaps.</param>
    /// <exception cref="ArgumentException">The range is empty, not finite, or not positive on a logarithmic axis.</exception>
    public Chart WithXAxis(string? title = null, (double Min, double Max)? range = null, bool? log = null)
    {
        if (Traces.Any(trace => trace.XIsDate == true) && (range is not null || log == true))
        {
            throw new ArgumentException("Chart.WithXAxis: expected a range of two DateTime and no logarithm on an axis of dates.");
        }

        return HasParts
            ? OfParts(part => part.WithXAxis(title, range, log))
            : this with { XAxis = new AxisSettings(title, range, log).Or(XAxis).Checked("Chart.WithXAxis") };
    }

    /// <summary>Sets the ends of a horizontal date axis, and its title if given; on a grid, for each of its charts.</summary>
    /// <param name="range">The first and the last date.</param>
    /// <param name="title">The title; by default unchanged.</param>
    /// <exception cref="ArgumentException">The range is empty, or the chart has no dates.</exception>
    public Chart WithXAxis((DateTime Min, DateTime Max) range, string? title = null)
    {
        if (HasParts)
        {
            return OfParts(part => part.WithXAxis(range, title));
        }

        if (range.Min >= range.Max)
        {
            throw new ArgumentException($"Chart.WithXAxis: expected a range that begins before it ends, got {range.Min:s} to {range.Max:s}.", nameof(range));
        }

        return Traces.Any(trace => trace.XIsDate == true)
            ? this with { XAxis = new AxisSettings(title, (DateNumber.Of(range.Min), DateNumber.Of(range.Max))).Or(XAxis).Checked("Chart.WithXAxis") }
            : throw new ArgumentException("Chart.WithXAxis: expected a range of two numbers, the chart has no dates.", nameof(range));
    }

    /// <summary>Sets the given properties of the vertical axis and keeps the others; on a grid, for each of its charts.</summary>
    /// <param name="title">Quantity and unit.</param>
    /// <param name="range">The two ends in data units; by default they follow from the data.</param>
    /// <param name="log">Whether the axis is logarithmic; values that are not positive become gaps.</param>
    /// <exception cref="ArgumentException">The range is empty, not finite, or not positive on a logarithmic axis.</exception>
    public Chart WithYAxis(string? title = null, (double Min, double Max)? range = null, bool? log = null) => HasParts
        ? OfParts(part => part.WithYAxis(title, range, log))
        : this with { YAxis = new AxisSettings(title, range, log).Or(YAxis).Checked("Chart.WithYAxis") };

    /// <summary>Sets the title of the z axis of a surface; on a grid, of each of its charts.</summary>
    public Chart WithZAxis(string title) => HasParts
        ? OfParts(part => part.WithZAxis(title))
        : this with { ZAxis = ZAxis with { Title = NotNull(title) } };

    /// <summary>Sets the size of the figure in pixels; 0 for a side that follows from the content.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is neither 0 nor within [120, 4000].</exception>
    public Chart WithSize(int width = 0, int height = 0) =>
        this with { Width = Side(width, nameof(width)), Height = Side(height, nameof(height)) };

    /// <summary>Shows or hides the legend; by default it is shown for two names or more.</summary>
    public Chart WithLegend(bool show) => this with { Legend = show };

    /// <summary>Sets the alternative text, for readers who cannot see the figure; by default it is generated from the data.</summary>
    public Chart WithDescription(string description) => this with { GivenDescription = NotNull(description) };

    /// <summary>The figure in plotly's schema: an object with <c>data</c>, <c>layout</c> and <c>config</c>, and <c>frames</c> of an animation.</summary>
    /// <remarks>
    /// The colours of traces are set; those of background, text and grid lines are not, so that a page can set them for light and
    /// dark themes in <c>layout.template.layout</c> (<c>font.color</c>, <c>xaxis.gridcolor</c>, …) before drawing. Integers are
    /// exact; other numbers are rounded to a millionth of the range of their trace.
    /// </remarks>
    public JsonObject ToPlotlyJson() => IsAnimation ? PlotlyAnimation.Of(this) : PlotlyFigure.Of(this);

    /// <summary>The figure as an SVG document on a white background, without style sheet and script.</summary>
    /// <param name="idPrefix">The prefix of every id in the document, so that several figures can share a page.</param>
    /// <exception cref="ArgumentException">The prefix is not a letter followed by letters, digits, '-' or '_'.</exception>
    public string ToSvg(string idPrefix)
    {
        ArgumentNullException.ThrowIfNull(idPrefix);
        if (idPrefix.Length == 0 || !char.IsAsciiLetter(idPrefix[0])
            || !idPrefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException(
                $"Chart.ToSvg: expected a prefix of a letter, then letters, digits, '-' or '_', got \"{idPrefix}\".",
                nameof(idPrefix));
        }
        return SvgFigure.Draw(this, idPrefix);
    }

    /// <summary>The SVG document, with ids prefixed by a hash of the figure's data, so that equal figures have equal bytes.</summary>
    public string ToSvg()
    {
        var data = Encoding.UTF8.GetBytes(ToPlotlyJson().ToJsonString());
        return ToSvg("chart-" + Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, 4)));
    }

    /// <inheritdoc/>
    public string ToHtml() => ToSvg();

    /// <inheritdoc/>
    public string ToPlainText() => ChartText.Summarize(this);

    /// <inheritdoc cref="ToPlainText"/>
    public override string ToString() => ToPlainText();

    private static Chart Of(params IEnumerable<Trace> traces) => new() { Traces = [.. traces] };

    /// <summary>Checks that the traces can share axes: dates or numbers, in the plane or in space.</summary>
    private static ImmutableArray<Trace> Together(string operation, IEnumerable<Trace> traces)
    {
        ImmutableArray<Trace> all = [.. traces];
        if (all.Any(trace => trace.XIsDate == true) && all.Any(trace => trace.XIsDate == false))
        {
            throw new ArgumentException($"{operation}: expected x all of dates or all of numbers, got both. Give dates as DateTime everywhere.");
        }
        return all.Any(trace => trace.IsSpatial) && !all.All(trace => trace.IsSpatial)
            ? throw new ArgumentException(
                $"{operation}: expected charts all in the plane or all in space, got both. Show a path on a surface by Chart.Line3D.")
            : all;
    }

    private Chart OfParts(Func<Chart, Chart> change) => this with { Children = [.. Children.Select(change)] };

    private static ImmutableArray<Chart> Parts(IEnumerable<Chart> charts, string operation)
    {
        ArgumentNullException.ThrowIfNull(charts);
        ImmutableArray<Chart> parts = [.. charts];
        if (parts.IsEmpty)
        {
            throw new ArgumentException($"{operation}: expected at least one chart, got none.", nameof(charts));
        }
        if (parts.FirstOrDefault(part => part.HasParts) is { } whole)
        {
            throw new ArgumentException(
                $"{operation}: expected charts with axes of their own, got {(whole.IsGrid ? "a grid" : "an animation")}. "
                + "Give its charts one by one.", nameof(charts));
        }
        return parts;
    }

    private static string NotNull(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text;
    }

    private static int? Side(int pixels, string name) => pixels switch
    {
        0 => null,
        >= SmallestSide and <= LargestSide => pixels,
        _ => throw new ArgumentOutOfRangeException(
            name, pixels, $"Chart.WithSize: expected {SmallestSide} to {LargestSide} pixels, or 0 to fit the content."),
    };
}

/// <summary>
/// The formatters of a chart: plotly.js, SVG, HTML for hosts that support nothing else, and a summary as plain text.
/// </summary>
internal sealed class ChartFormatterSource
{
    public IEnumerable CreateTypeFormatters()
    {
        yield return new MimeFormatter<Chart>(MimeTypes.Plotly, chart => chart.ToPlotlyJson().ToJsonString());
        yield return new MimeFormatter<Chart>(MimeTypes.Svg, chart => chart.ToSvg());
        yield return new MimeFormatter<Chart>(MimeTypes.Html, chart => chart.ToHtml());
        yield return new MimeFormatter<Chart>(MimeTypes.PlainText, chart => chart.ToPlainText());
    }
}
