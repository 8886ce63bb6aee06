using System.CommandLine;
using DeepNotes.Backends;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Cli.Commands;

/// <summary>Times matrix products and training steps on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = $"{Names(Workloads.All.Select(workload => workload.Name))}; gemm selects all sizes. With --growth: {Names(GrowthCurve.All.Select(curve => curve.Name))}. Default: all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON array and nothing else." };
        var check = new Option<bool>("--check") { Description = "Check results instead of timing them: multiply-accumulates, parameters, loss before and after some steps, managed memory allocated per step, and garbage collections of generation 1 or 2." };
        var steps = SharedOptions.Steps();
        var growth = new Option<bool>("--growth") { Description = "Time training steps as batch size and width grow, on one thread and on all: a table, a chart and its data." };
        var against = new Option<string>("--against") { HelpName = "CLONE", Description = "Alternate with the version that is built in another clone, and report the ratio of the times; the ratio of two copies of this version is its error." };
        var folder = new Option<string>("--to") { HelpName = "DIR", Description = "Output folder of --growth. Default: benchmarks/results in a clone, otherwise out/results" };
        var device = new Option<string>("--device") { HelpName = "DEVICE", Description = "cpu, gpu (the best available), cuda or opencl. The share of peak is reported for cpu only.", DefaultValueFactory = _ => "cpu" };
        device.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("cpu" or "gpu" or "cuda" or "opencl") and var other }])
            {
                result.AddError($"--device: expected cpu, gpu, cuda or opencl, got '{other}'.");
            }
        });
        var (seconds, warmUp) = (SharedOptions.Seconds(), SharedOptions.WarmUp());
        var command = new ExampleCommand(
            "bench", "Time matrix products and training steps on all threads (DEEPNOTES_THREADS sets their number).",
            "deepnotes bench                  all rows, about a minute and a half",
            "deepnotes bench gemm lenet       products of all sizes, and LeNet",
            "deepnotes bench \"gemm 512\" --json",
            "deepnotes bench --device gpu     the same rows on a GPU",
            "deepnotes bench --growth cnn     a small network as its batch size and its width grow",
            "deepnotes bench --against ../old   is this version faster or slower?") { names, json, check, steps, growth, folder, against, device, seconds, warmUp };
        command.Exclude(check, growth, against);
        command.Validators.Add(result =>
        {
            if (result.GetValue(folder) is not null && !result.GetValue(growth))
            {
                result.AddError("--to requires --growth.");
            }

            foreach (var option in new Option[] { growth, against }.Where(option => result.Has(option) && result.Has(device)))
            {
                result.AddError($"{option.Name} runs on the CPU only: omit --device.");
            }

            if (result.Has(steps) && !result.GetValue(check))
            {
                result.AddError("--steps requires --check.");
            }
        });
        command.SetAction((result, cancellation) => Task.Run(() =>
        {
            var report = new BenchReport(context, result.GetValue(json), cancellation);
            var selected = OpenDevice(result.GetValue(device)!);
            using var use = selected.Use();
            var (chosen, time, warm) = (result.GetValue(names)!, result.GetValue(seconds), result.GetValue(warmUp));
            if (result.GetValue(growth))
            {
                var rows = report.Each(Points(chosen), point => point.Name, point => GrowthRow.Measure(point.Curve, point.Size, time, warm));
                var to = Path.GetFullPath(result.GetValue(folder) ?? context.Workspace.BenchmarkResults, context.CurrentDirectory);
                report.Write([.. rows.SelectMany(row => row)], to);
            }
            else if (result.GetValue(check))
            {
                var count = result.GetValue(steps);
                report.Write(report.Each(Rows(chosen), workload => workload.Name, workload => CheckedRow.Of(workload, count)), count);
            }
            else if (result.GetValue(against) is { } clone)
            {
                var versions = VersionUnderTest.WithOther(Path.GetFullPath(clone, context.CurrentDirectory));
                report.Write(report.Each(Rows(chosen), workload => workload.Name, workload => VersionRow.Measure(workload.Name, versions, time, warm)));
            }
            else if (selected != Device.Cpu)
            {
                report.Write(report.Each(Rows(chosen), workload => workload.Name, workload => GpuRow.Measure(workload, selected, time, warm)), selected.GpuDescription!);
            }
            else
            {
                report.Write(report.Each(Rows(chosen), workload => workload.Name, workload => BenchmarkRow.Measure(workload, time, warm)));
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Device OpenDevice(string device)
    {
        try
        {
            return device == "cpu" ? Device.Cpu : Device.Gpu(device == "gpu" ? null : device);
        }
        catch (GpuException error)
        {
            throw new CommandFailure(error.Message);
        }
    }

    private static IReadOnlyList<Workload> Rows(IReadOnlyList<string> names) => Select(Workloads.All, workload => workload.Name, names);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static IReadOnlyList<(string Name, GrowthCurve Curve, int Size)> Points(IReadOnlyList<string> names) =>
        [.. Select(GrowthCurve.All, curve => curve.Name, names).SelectMany(curve => curve.Sizes.Select(size => ($"{curve.Name} {size}", curve, size)))];

    /// <summary>Selects items by name, in the order of <paramref name="all"/>: "gemm" also selects "gemm 64". No names select all.</summary>
    /// <exception cref="CommandFailure">A name matches no item.</exception>
    internal static IReadOnlyList<T> Select<T>(IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!all.Any(item => Matches(nameOf(item), name)))
            {
                throw CommandFailure.Usage(
                    $"{name}: no such benchmark; available: {string.Join(", ", all.Select(nameOf))} (quote names with spaces).");
            }
        }

        return [.. all.Where(item => names.Count == 0 || names.Any(name => Matches(nameOf(item), name)))];
    }

    private static bool Matches(string item, string name) => item == name || item.StartsWith(name + " ", StringComparison.Ordinal);
}
