using System.Text.Json;
using DeepNotes.Backends.Cpu;
using Spectre.Console;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>Measures items one by one with progress messages, and writes the rows as a table or as JSON.</summary>
internal sealed class BenchReport(CommandContext context, bool isJson, CancellationToken cancellation)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public IReadOnlyList<TRow> Each<TItem, TRow>(IReadOnlyList<TItem> items, Func<TItem, string> nameOf, Func<TItem, TRow> measure)
    {
        List<TRow> Measure(Action<string> report) =>
        [
            .. items.Select((item, i) =>
            {
                cancellation.ThrowIfCancellationRequested();
                report($"{nameOf(item)} ({i + 1}/{items.Count})");
                return measure(item);
            }),
        ];
        return context.IsLive && !isJson
            ? context.CreateConsole().Status().Start("", status => Measure(line => status.Status(Markup.Escape(line))))
            : Measure(context.Error.WriteLine);
    }

    public void Write(IReadOnlyList<BenchmarkRow> rows) => Write(
        rows, Table($"{CpuThreads.Count} threads", "Milliseconds", "GFLOP/s", "Share of FMA peak", "Core-to-core round trip"),
        row => [row.Name, Format(row.Milliseconds), Format(row.Gflops), $"{row.ShareOfPeak:0.0%}", $"{row.CoreToCore:0} ns"]);

    public void Write(IReadOnlyList<GpuRow> rows, string device) => Write(
        rows, Table(device, "Milliseconds", "GFLOP/s"), row => [row.Name, Format(row.Milliseconds), Format(row.Gflops)]);

    public void Write(IReadOnlyList<VersionRow> rows) => Write(
        rows, Table($"{CpuThreads.Count} threads", "Milliseconds", "This / other", "This / itself", "Pairs"),
        row => [row.Name, Format(row.Milliseconds), $"{row.Ratio:0.000}", $"{row.Control:0.000}", $"{row.Pairs}"]);

    public void Write(IReadOnlyList<CheckedRow> rows, int steps) => Write(
        rows, Table("", "Multiply-accumulates", "Parameters", "First loss", $"After {steps} steps", "Bytes per step", "Gen 1+ collections"),
        row => [row.Name, $"{row.MultiplyAccumulates:N0}", $"{row.Parameters:N0}", $"{row.FirstLoss:0.000}", $"{row.LastLoss:0.000}", $"{row.AllocatedBytes:N0}", $"{row.OlderCollections}"]);

    /// <summary>Writes the rows, and saves their chart and data to a folder.</summary>
    public void Write(IReadOnlyList<GrowthRow> rows, string folder)
    {
        Write(
            rows, Table("", "Size", "Threads", "Milliseconds", "GFLOP/s", "Speed-up over 1 thread"),
            row => [row.Name, $"{row.Size}", $"{row.Threads}", Format(row.Milliseconds), Format(row.Gflops), $"{row.SpeedUpOver(rows):0.00}"]);
        foreach (var file in new GrowthResult(Machine.Here(context.Workspace.Library), rows).Save(folder))
        {
            context.Error.WriteLine($"saved {context.DisplayPath(file)}");
        }
    }

    private void Write<TRow>(IReadOnlyList<TRow> rows, Table table, Func<TRow, string[]> cells)
    {
        if (isJson)
        {
            context.Output.WriteLine(JsonSerializer.Serialize(rows, Json));
            return;
        }

        foreach (var row in rows)
        {
            table.AddRow(cells(row));
        }

        context.CreateConsole().Write(table);
    }

    private static Table Table(string name, params IEnumerable<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(name);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    private static string Format(double value) => value switch
    {
        < 1 => $"{value:0.0000}",
        < 100 => $"{value:0.00}",
        _ => $"{value:0.0}",
    };
}
