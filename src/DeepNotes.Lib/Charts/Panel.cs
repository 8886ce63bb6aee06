namespace DeepNotes;

/// <summary>A chart with its axes resolved: what both faces need to know of the traces together.</summary>
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

    /// <summary>The categories of all traces in the order of first appearance, where the x axis is one of categories.</summary>
    public IReadOnlyList<string>? XCategories { get; }

    /// <summary>The places on the x axis are dates.</summary>
    public bool XIsDate { get; }

    public bool XIsIntegral { get; }

    public double XSpan { get; }

    /// <summary>No value has a place in the axes: all are NaN, say.</summary>
    public bool IsEmpty { get; }

    /// <summary>Height over width of the plot where units must be equally long both ways.</summary>
    public double? Aspect => Traces.Select(trace => trace.Aspect).FirstOrDefault(aspect => aspect is not null);

    /// <summary>Rows count downwards, as in a matrix.</summary>
    public bool YIsDown => Traces.Any(trace => trace.YIsDown);

    public bool HidesAxes => Traces.All(trace => trace.HidesAxes) || Traces.Any(trace => trace.HidesAllAxes);

    public bool HasGridLines => !Traces.Any(trace => trace.FillsPlot);

    public bool IsSpatial => Traces.Any(trace => trace.IsSpatial);

    public bool NeedsOwnRange => Traces.Any(trace => trace.NeedsOwnRange);

    public ColorKey? ColorKey => Traces.Select(trace => trace.ColorKey).FirstOrDefault(key => key is not null);

    /// <summary>The bars that share each place on the x axis.</summary>
    public IReadOnlyList<BarTrace> Bars => [.. Traces.OfType<BarTrace>()];

    /// <summary>The box plots, which share the place of a label that they have in common.</summary>
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
