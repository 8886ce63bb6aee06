using System.CommandLine;
using DeepNotes.Backends;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Cli.Commands;

/// <summary>Times products and training steps on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = $"{Names(Workloads.All.Select(workload => workload.Name))}; gemm is all sizes. With --growth: {Names(GrowthCurve.All.Select(curve => curve.Name))}. All when left out.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON array and nothing else." };
        var check = new Option<bool>("--check") { Description = "What each row computes in place of how fast: products, parameters, loss before and after some steps, small objects of a step, collections of generation 1 or 2." };
        var steps = SharedOptions.Steps();
        var growth = new Option<bool>("--growth") { Description = "Training steps against batch and width, on one thread and on all: a table, a chart and its data." };
        var folder = new Option<string>("--to") { HelpName = "DIR", Description = "Where --growth puts the chart and its data. Default: benchmarks/results of a clone, else out/results" };
        var device = new Option<string>("--device") { HelpName = "DEVICE", Description = "Where: cpu, gpu (the best there is), cuda or opencl. On a GPU there is no share of the processor's peak.", DefaultValueFactory = _ => "cpu" };
        device.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("cpu" or "gpu" or "cuda" or "opencl") and var other }])
            {
                result.AddError($"--device: expected cpu, gpu, cuda or opencl, got '{other}'.");
            }
        });
        var (seconds, warmUp) = (SharedOptions.Seconds(), SharedOptions.WarmUp());
        var command = new ExampleCommand(
            "bench", "Time matrix products and training steps (all threads; DEEPNOTES_THREADS sets how many).",
            "deepnotes bench                  every row: about a minute and a half",
            "deepnotes bench gemm lenet       products of all sizes, and LeNet",
            "deepnotes bench \"gemm 512\" --json",
            "deepnotes bench --device gpu     the same rows on a GPU",
            "deepnotes bench --growth cnn     a small network as its batch and its width grow") { names, json, check, steps, growth, folder, device, seconds, warmUp };
        command.Exclude(check, growth);
        command.Validators.Add(result =>
        {
            if (result.GetValue(folder) is not null && !result.GetValue(growth))
            {
                result.AddError("--to says where --growth puts its chart: give both or neither.");
            }

            if (result.GetResult(device) is { Implicit: false } && result.GetValue(growth))
            {
                result.AddError("--growth compares threads of the processor: leave out --device.");
            }

            if (result.GetResult(steps) is { Implicit: false } && !result.GetValue(check))
            {
                result.AddError("--steps says how many steps --check takes: give both or neither.");
            }
        });
        command.SetAction((result, cancellation) => Task.Run(() =>
        {
            var report = new BenchReport(context, result.GetValue(json), cancellation);
            var on = Named(result.GetValue(device)!);
            using var use = on.Use();
            var (chosen, time, before) = (result.GetValue(names)!, result.GetValue(seconds), result.GetValue(warmUp));
            if (result.GetValue(growth))
            {
                var rows = report.Each(Points(chosen), point => point.Name, point => GrowthRow.Measure(point.Curve, point.Size, time, before));
                var to = Path.GetFullPath(result.GetValue(folder) ?? context.Workspace.BenchmarkResults, context.CurrentDirectory);
                report.Write([.. rows.SelectMany(row => row)], to);
            }
            else if (result.GetValue(check))
            {
                var count = result.GetValue(steps);
                report.Write(report.Each(Rows(chosen), workload => workload.Name, workload => CheckedRow.Of(workload, count)), count);
            }
            else if (on != Device.Cpu)
            {
                report.Write(report.Each(Rows(chosen), workload => workload.Name, workload => GpuRow.Measure(workload, on, time, before)), on.GpuDescription!);
            }
            else
            {
                report.Write(report.Each(Rows(chosen), workload => workload.Name, workload => BenchmarkRow.Measure(workload, time, before)));
            }

            return ExitCode.Good;
        }, cancellation));
        return command;
    }

    private static Device Named(string device)
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

    private static IReadOnlyList<Workload> Rows(IReadOnlyList<string> names) => Chosen.Of(Workloads.All, workload => workload.Name, names);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static IReadOnlyList<(string Name, GrowthCurve Curve, int Size)> Points(IReadOnlyList<string> names) =>
        [.. Chosen.Of(GrowthCurve.All, curve => curve.Name, names).SelectMany(curve => curve.Sizes.Select(size => ($"{curve.Name} {size}", curve, size)))];
}
