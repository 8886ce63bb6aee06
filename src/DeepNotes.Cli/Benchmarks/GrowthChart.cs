namespace DeepNotes.Cli.Benchmarks;

/// <summary>Time against size, one panel for each curve, one line for each number of threads.</summary>
internal static class GrowthChart
{
    public static Chart Of(IReadOnlyList<GrowthRow> rows, string machine) =>
        Chart.Grid(rows.GroupBy(row => row.Name).Select(group => Panel(GrowthCurve.All.Single(curve => curve.Name == group.Key), [.. group])))
            .WithTitle("Time of a training step as the work grows")
            .WithSubtitle($"Forward, backward and update, medians; the dotted line is time in proportion to the multiply-accumulates. {machine}");

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

    // What the smaller steps would take if they used the processor as well as the largest does.
    private static Chart Proportional(IReadOnlyList<GrowthRow> rows)
    {
        var largest = rows[^1];
        return Chart.Line(
            rows.Select(row => (double)row.Size),
            rows.Select(row => largest.Milliseconds * row.MultiplyAccumulates / largest.MultiplyAccumulates), "in proportion to the work");
    }
}
