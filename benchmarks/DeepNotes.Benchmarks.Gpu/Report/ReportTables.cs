using System.Globalization;
using System.Text;
using DeepNotes.Benchmarks.Gpu.Checks;

namespace DeepNotes.Benchmarks.Gpu.Report;

/// <summary>Formats a report as Markdown tables, aligned for reading as plain text.</summary>
internal static class ReportTables
{
    public static string Of(GpuReport report)
    {
        var (text, machine) = (new StringBuilder(), report.Machine);
        text.AppendLine($"# {machine.Date}, {machine.Device}").AppendLine();
        text.AppendLine($"{report.Sizes} sizes, {report.Seconds:0} s; {machine.Processor}, {machine.Threads} threads, {machine.CpuGflops:0} GFLOP/s at most; .NET {machine.Runtime}.");
        if (machine.Card is { } card)
        {
            text.AppendLine($"{card.Name}: {card.Multiprocessors} multiprocessors, {card.ClockMegahertz} MHz, {card.MemoryGigabytes:0.0} GB, {card.Architecture}{(card.NominalTflops is { } peak ? $", nominally {peak:0.0} TFLOP/s" : "")}.");
        }

        Checks(text, report);
        Trainings(text, report);
        Timings(text, report);
        Goals(text, report);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Checks(StringBuilder text, GpuReport report)
    {
        if (report.Checks.Count == 0)
        {
            return;
        }

        Table(
            text, $"Against the CPU: {report.Checks.Count(row => row.IsRight)} of {report.Checks.Count} results are right",
            ["operation", "results", "wrong", "worst relative error", "tolerance", "where"],
            report.Checks.GroupBy(row => row.Operation).Select(rows => (All: rows, Worst: rows.MaxBy(Share)!)).Select(operation => new[]
            {
                operation.All.Key, $"{operation.All.Count()}", $"{operation.All.Count(row => !row.IsRight)}", Error(operation.Worst.Error), Error(operation.Worst.Tolerance), operation.Worst.Case,
            }));
        foreach (var wrong in report.Checks.Where(row => !row.IsRight))
        {
            text.AppendLine($"- wrong: {wrong.Operation}, {wrong.Case}: {wrong.Message ?? $"{Error(wrong.Error)} for at most {Error(wrong.Tolerance)}"}");
        }
    }

    private static void Trainings(StringBuilder text, GpuReport report)
    {
        if (report.Trainings.Count == 0)
        {
            return;
        }

        Table(
            text, $"Trainings against the CPU's: {report.Trainings.Count(row => row.IsRight)} of {report.Trainings.Count} are right",
            ["model", "steps", "first loss", "last, CPU", "last, device", "worst relative error", "tolerance", ""],
            report.Trainings.Select(row => new[]
            {
                row.Name, $"{row.Steps}", $"{row.FirstLoss:0.00000}", $"{row.LastLoss:0.00000}", $"{row.LastLossOnDevice:0.00000}", Error(row.Error), Error(row.Tolerance),
                row.IsRight ? "right" : $"wrong{(row.Message is null ? "" : $": {row.Message}")}",
            }));
    }

    private static void Timings(StringBuilder text, GpuReport report)
    {
        if (report.Roofline is not { } roof)
        {
            return;
        }

        Table(text, "Roofline, measured in this run", ["", "", ""], [
            ["copy", Significant(roof.CopyGigabytesPerSecond), "GB/s, read and written"], ["copy by the driver", Significant(roof.DriverCopyGigabytesPerSecond), "GB/s, read and written"],
            ["multiply-adds on registers", Significant(roof.FmaTflops), "TFLOP/s"], ["ridge point", Significant(roof.Ridge), "FLOP/byte"],
            ["small kernel, queued", Significant(roof.LaunchMicroseconds), "µs"], ["small kernel, synchronized", Significant(roof.RoundTripMicroseconds), "µs"],
        ]);
        Table(
            text, "Times", ["row", "ms", "GFLOP/s", "GB/s", "of roofline", "CPU ms", "times CPU"],
            report.Timings.Select(row => new[]
            {
                row.Name, Significant(row.Milliseconds), NotZero(row.Gflops), NotZero(row.GigabytesPerSecond), $"{row.ShareOfRoof:0.0%}", NotZero(row.CpuMilliseconds ?? 0), NotZero(row.TimesCpu ?? 0),
            }));
    }

    private static void Goals(StringBuilder text, GpuReport report)
    {
        if (report.Goals.Count == 0)
        {
            return;
        }

        Table(
            text, "Figures", ["figure", "measured", "wanted", "", "against"],
            report.Goals.Select(goal => new[]
            {
                goal.Name, goal.Value is { } value ? $"{Significant(value)} {goal.Unit}".Trim() : "-", goal.AtLeast is { } least ? $">= {least}" : "-",
                goal.IsReached switch { true => "reached", false => "not reached", null => goal.AtLeast is null ? "" : "not measured" }, goal.Remark,
            }));
    }

    // A kernel that failed to run sorts above every error.
    private static double Share(CheckRow row) => double.IsNaN(row.Error) ? double.PositiveInfinity : row.Tolerance == 0 ? row.Error : row.Error / row.Tolerance;

    private static string Error(double error) => error == 0 ? "0" : error.ToString("0.0e+0", CultureInfo.InvariantCulture);

    private static string NotZero(double value) => value == 0 ? "" : Significant(value);

    private static string Significant(double value) => value switch
    {
        < 1 => $"{value:0.0000}",
        < 100 => $"{value:0.00}",
        _ => $"{value:0.0}",
    };

    private static void Table(StringBuilder text, string title, string[] names, IEnumerable<string[]> rows)
    {
        string[][] all = [names, .. rows];
        var widths = names.Select((_, column) => all.Max(cells => cells[column].Length)).ToArray();
        text.AppendLine().AppendLine($"## {title}").AppendLine();
        foreach (var (i, cells) in all.Index())
        {
            text.AppendLine($"| {string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (i == 0)
            {
                text.AppendLine($"|{string.Join("|", widths.Select(width => new string('-', width + 2)))}|");
            }
        }
    }
}
