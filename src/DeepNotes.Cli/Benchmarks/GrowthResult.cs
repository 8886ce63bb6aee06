using System.Text.Json;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>Rows with the machine and date of their measurement, saved as a chart and as data.</summary>
internal sealed partial record GrowthResult(Machine Machine, IReadOnlyList<GrowthRow> Rows)
{
    /// <summary>Writes <c>DATE-PROCESSOR-CORES-growth.svg</c> and <c>.json</c>; results of the comparison have names of the same form.</summary>
    /// <returns>The paths of the files.</returns>
    public IReadOnlyList<string> Save(string folder)
    {
        var name = NonAlphanumeric().Replace($"{Machine.Date} {Machine.Processor} {Machine.Cores} growth".ToLowerInvariant(), "-");
        var (svg, json) = (Path.Combine(folder, name + ".svg"), Path.Combine(folder, name + ".json"));
        AtomicFile.WriteAllText(svg, GrowthChart.Of(Rows, $"{Machine.Processor}, {Machine.Isa}, {Machine.Date}.").ToSvg());
        AtomicFile.WriteAllText(json, JsonSerializer.Serialize(this, BenchReport.Json).ReplaceLineEndings("\n") + "\n");
        return [svg, json];
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NonAlphanumeric();
}

/// <summary>Plots time against size: a panel per curve, a line per number of threads.</summary>
internal static class GrowthChart
{
    public static Chart Of(IReadOnlyList<GrowthRow> rows, string machine) =>
        Chart.Grid(rows.GroupBy(row => row.Name).Select(group => Panel(GrowthCurve.All.Single(curve => curve.Name == group.Key), [.. group])))
            .WithTitle("Time of a training step as its size grows")
            .WithSubtitle($"Forward, backward and update, medians; the dotted line is proportional to the multiply-accumulates. {machine}");

    private static Chart Panel(GrowthCurve curve, IReadOnlyList<GrowthRow> rows)
    {
        var lines = rows.GroupBy(row => row.Threads).Select(group => Line(group, group.Key == 1 ? "1 thread" : $"{group.Key} threads"));
        return Chart.Combine([.. lines, Proportional([.. rows.Where(row => row.Threads == rows[^1].Threads)])])
            .WithTitle(curve.Title)
            .WithXAxis(curve.Axis, log: true)
            .WithYAxis("time of a step (ms)", log: true);
    }

    private static Chart Line(IEnumerable<GrowthRow> rows, string name) =>
        Chart.Line(rows.Select(row => (double)row.Size), rows.Select(row => row.Milliseconds), name, markers: true);

    // The time of smaller steps if they were as efficient as the largest.
    private static Chart Proportional(IReadOnlyList<GrowthRow> rows)
    {
        var largest = rows[^1];
        return Chart.Line(
            rows.Select(row => (double)row.Size),
            rows.Select(row => largest.Milliseconds * row.MultiplyAccumulates / largest.MultiplyAccumulates), "proportional to the work");
    }
}
