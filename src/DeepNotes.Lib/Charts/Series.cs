namespace DeepNotes;

/// <summary>
/// Assigns styles to the traces of a figure: traces of the same name have the same style in all panels and share a legend entry.
/// </summary>
internal sealed class Series
{
    private readonly Dictionary<string, int> _slots = [];
    private readonly Dictionary<Trace, TraceStyle> _styles = new(ReferenceEqualityComparer.Instance);

    public Series(Chart chart)
    {
        Panels = [.. (chart.IsGrid ? chart.Children.AsEnumerable() : [chart]).Select(part => new Panel(part))];
        var keys = new List<Trace>();
        var isOverBlue = Panels.Any(panel => panel.Traces.Any(trace => trace.IsBlueField));
        foreach (var panel in Panels)
        {
            foreach (var (index, trace) in panel.Traces.Where(trace => trace.TakesStyle).Index())
            {
                if (!_slots.TryGetValue(Key(trace, index), out var slot))
                {
                    slot = _slots.Count;
                    _slots.Add(Key(trace, index), slot);
                    keys.AddRange(trace.Name is null ? [] : [trace]);
                }
                else if (!trace.YieldsKey && keys.FindIndex(key => key.Name == trace.Name && key.YieldsKey) is var yielding and >= 0)
                {
                    keys[yielding] = trace;
                }
                _styles[trace] = trace.Given.Over(Palette.At(slot, isOverBlue));
            }
        }
        Keys = keys;
        ShowsLegend = keys.Count > 0
            && (chart.Legend ?? (keys.Count > 1 && Panels.All(panel => panel.Chart.Legend != false)));
    }

    public IReadOnlyList<Panel> Panels { get; }

    /// <summary>The traces that represent their names in the legend: of each name, preferably one that does not yield its key.</summary>
    public IReadOnlyList<Trace> Keys { get; }

    public bool ShowsLegend { get; }

    public TraceStyle StyleOf(Trace trace) => _styles.TryGetValue(trace, out var style) ? style : trace.Given.Over(Palette.At(0));

    private static string Key(Trace trace, int index) => trace.Name is null ? $"unnamed {index}" : "named " + trace.Name;
}
