using System.CommandLine;
using System.Text.Json;
using DeepNotes.Backends.Cpu;
using DeepNotes.Cli.Benchmarks;
using Spectre.Console;

namespace DeepNotes.Cli.Commands;

/// <summary>Times products and training steps on this machine.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = $"{string.Join(", ", Workloads.All.Select(workload => workload.Name))}; gemm is all sizes. All when left out.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.RejectOptions();
        var json = new Option<bool>("--json") { Description = "Print one JSON array and nothing else." };
        var check = new Option<bool>("--check") { Description = "What each row computes in place of how fast: products, parameters, loss before and after 20 steps." };
        var seconds = SharedOptions.Seconds();
        var command = new ExampleCommand(
            "bench", "Time matrix products and training steps (all threads; DEEPNOTES_THREADS sets how many).",
            "deepnotes bench                  every row: about a minute",
            "deepnotes bench gemm lenet       products of all sizes, and LeNet",
            "deepnotes bench \"gemm 512\" --json") { names, json, check, seconds };
        command.SetAction((result, cancellation) => Task.Run(() =>
        {
            var workloads = Workloads.Named(result.GetValue(names)!);
            var isJson = result.GetValue(json);
            if (result.GetValue(check))
            {
                Write(context, isJson, Each(context, isJson, workloads, CheckedRow.Of, cancellation), Table);
            }
            else
            {
                var duration = result.GetValue(seconds);
                Write(context, isJson, Each(context, isJson, workloads, workload => BenchmarkRow.Measure(workload, duration), cancellation), Table);
            }

            return ExitCode.Good;
        }, cancellation));
        return command;
    }

    private static List<TRow> Each<TRow>(
        CommandContext context, bool isJson, IReadOnlyList<Workload> workloads, Func<Workload, TRow> measure, CancellationToken cancellation)
    {
        List<TRow> Measure(Action<string> report) =>
        [
            .. workloads.Select((workload, i) =>
            {
                cancellation.ThrowIfCancellationRequested();
                report($"{workload.Name} ({i + 1}/{workloads.Count})");
                return measure(workload);
            }),
        ];
        return context.IsLive && !isJson
            ? context.CreateConsole().Status().Start("", status => Measure(line => status.Status(Markup.Escape(line))))
            : Measure(context.Error.WriteLine);
    }

    private static void Write<TRow>(CommandContext context, bool isJson, IReadOnlyList<TRow> rows, Func<IReadOnlyList<TRow>, Table> table)
    {
        if (isJson)
        {
            context.Output.WriteLine(JsonSerializer.Serialize(rows, Camel));
        }
        else
        {
            context.CreateConsole().Write(table(rows));
        }
    }

    private static Table Table(IReadOnlyList<BenchmarkRow> rows)
    {
        var table = Table($"{CpuThreads.Count} threads", "Milliseconds", "GFLOP/s", "Share of FMA peak");
        foreach (var row in rows)
        {
            table.AddRow(row.Name, Significant(row.Milliseconds), Significant(row.Gflops), $"{row.ShareOfPeak:0.0%}");
        }

        return table;
    }

    private static Table Table(IReadOnlyList<CheckedRow> rows)
    {
        var table = Table("", "Multiply-accumulates", "Parameters", "First loss", "After 20 steps");
        foreach (var row in rows)
        {
            table.AddRow(row.Name, $"{row.MultiplyAccumulates:N0}", $"{row.Parameters:N0}", $"{row.FirstLoss:0.000}", $"{row.LastLoss:0.000}");
        }

        return table;
    }

    private static Table Table(string name, params IEnumerable<string> figures)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(name);
        foreach (var figure in figures)
        {
            table.AddColumn(new TableColumn(figure).RightAligned());
        }

        return table;
    }

    private static string Significant(double value) => value switch
    {
        < 1 => $"{value:0.0000}",
        < 100 => $"{value:0.00}",
        _ => $"{value:0.0}",
    };
}
