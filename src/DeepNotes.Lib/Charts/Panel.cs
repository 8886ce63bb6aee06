namespace DeepNotes;

/// <summary>A chart with resolved axes, which depend on all its traces; used by both renderings.</summary>
internal sealed class Panel
{
    private const double XPadding = 0.025;
    private const double YPadding = 0.06;

    public Panel(Chart chart)
    {
        Chart = chart;
        XCategories = Categories(trace => trace.XCategories);
        var xLabels = XCategories ?? Labels(trace => trace.XLabels);
        var yLabels = Labels(trace => trace.YLabels);
        var xExtent = Union(trace => trace.XExtent(chart.XAxis.IsLog));
        var yExtent = Union(trace => trace.YExtent(chart.YAxis.IsLog));
        XIsDate = Traces.Any(trace => trace.XIsDate == true);
        X = xLabels is null && XIsDate ? DateAxis.Covering(xExtent, chart.XAxis) : xLabels is null ? Axis.Over(xExtent, chart.XAxis, XPadding) : new CategoryAxis(xLabels, chart.XAxis);
        Y = yLabels is null ? Axis.Over(yExtent, chart.YAxis, YPadding) : new CategoryAxis(yLabels, chart.YAxis);
        IsEmpty = (xExtent.IsEmpty || yExtent.IsEmpty) && !Traces.Any(trace => trace.IsUndrawn);
        XIsIntegral = xExtent is { IsIntegral: true, IsEmpty: false } && xLabels is null && !chart.XAxis.IsLog && !XIsDate;
        XSpan = xExtent.IsEmpty ? 0 : xExtent.Max - xExtent.Min;
    }

    public Chart Chart { get; }

    public IReadOnlyList<Trace> Traces => Chart.Traces;

    public Axis X { get; }

    public Axis Y { get; }

    /// <summary>The categories of all traces in the order of first appearance; null unless the x axis is a category axis.</summary>
    public IReadOnlyList<string>? XCategories { get; }

    /// <summary>Whether the x axis is a date axis.</summary>
    public bool XIsDate { get; }

    public bool XIsIntegral { get; }

    public double XSpan { get; }

    /// <summary>Whether no value can be drawn, for instance because all are NaN.</summary>
    public bool IsEmpty { get; }

    /// <summary>Height over width of the plot, if the aspect ratio is fixed.</summary>
    public double? Aspect => Traces.Select(trace => trace.Aspect).FirstOrDefault(aspect => aspect is not null);

    /// <summary>Whether the y axis points down, as the rows of a matrix.</summary>
    public bool YIsDown => Traces.Any(trace => trace.YIsDown);

    public bool HidesAxes => Traces.All(trace => trace.HidesAxes) || Traces.Any(trace => trace.HidesAllAxes);

    public bool HasGridLines => !Traces.Any(trace => trace.FillsPlot);

    public bool IsSpatial => Traces.Any(trace => trace.IsSpatial);

    public bool NeedsOwnRange => Traces.Any(trace => trace.NeedsOwnRange);

    public ColorKey? ColorKey => Traces.Select(trace => trace.ColorKey).FirstOrDefault(key => key is not null);

    /// <summary>The bar traces, which share the width at each position of the x axis.</summary>
    public IReadOnlyList<BarTrace> Bars => [.. Traces.OfType<BarTrace>()];

    /// <summary>The box plots, which share the width at common labels.</summary>
    public IReadOnlyList<BoxTrace> Boxes => [.. Traces.OfType<BoxTrace>()];

    private Extent Union(Func<Trace, Extent> extent) =>
        Traces.Select(extent).Aggregate(Extent.Empty, (union, next) => union.Union(next));

    private IReadOnlyList<string>? Categories(Func<Trace, IReadOnlyList<string>?> categories)
    {
        var given = Traces.Select(categories).ToList();
        return given.All(labels => labels is null) ? null : [.. given.SelectMany(labels => labels ?? []).Distinct()];
    }

    private IReadOnlyList<string>? Labels(Func<Trace, IReadOnlyList<string>?> labels) =>
        Traces.Select(labels).FirstOrDefault(given => given is not null);
}
