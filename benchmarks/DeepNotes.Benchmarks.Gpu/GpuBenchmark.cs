using System.Diagnostics;
using System.Globalization;
using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;
using DeepNotes.Backends.Gpu;
using DeepNotes.Benchmarks.Gpu.Checks;
using DeepNotes.Benchmarks.Gpu.Report;
using DeepNotes.Benchmarks.Gpu.Timings;
using DeepNotes.Benchmarks.Gpu.Training;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Benchmarks.Gpu;

/// <summary>Runs the checks, trainings and timings on one device.</summary>
/// <param name="device">The device under test; timings need a GPU.</param>
/// <param name="sizes">The sizes of the workloads.</param>
/// <param name="parts">Which parts to run.</param>
/// <param name="report">Receives a line before each step.</param>
internal sealed class GpuBenchmark(Device device, Sizes sizes, Parts parts, Action<string> report)
{
    public GpuReport Run()
    {
        var start = Stopwatch.GetTimestamp();
        var checks = parts.HasFlag(Parts.Checks) ? KernelChecks.Run(KernelChecks.All(sizes), device, report) : [];
        TrainingRow[] trainings = parts.HasFlag(Parts.Training) ? [.. TrainedModel.All.Select(Train)] : [];
        var times = parts.HasFlag(Parts.Timings) && device.Backend is GpuBackend gpu ? Measurement.Of(device, gpu, sizes, report) : null;
        CheckRow[] all = [.. checks, .. times?.Products ?? []];
        return new GpuReport(
            Machine(), sizes.Name, Stopwatch.GetElapsedTime(start).TotalSeconds, all.All(row => row.IsRight) && trainings.All(row => row.IsRight),
            all, trainings, times?.Roofline, times?.Rows ?? [], times?.Goals ?? []);
    }

    private TrainingRow Train(TrainedModel model)
    {
        report($"train {model.Name}");
        return TrainingRow.Of(model, device, sizes.Steps);
    }

    private ReportMachine Machine() => new(
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), device.GpuDescription ?? $"{device}", device.Backend is GpuBackend gpu ? Card.Of(gpu) : null,
        ProcessorName.Here(), CpuThreads.Count, FmaPeak.Measure(CpuThreads.Count), $"{Environment.Version}");
}

/// <summary>The parts of a run.</summary>
[Flags]
internal enum Parts
{
    None = 0,
    Checks = 1,
    Training = 2,
    Timings = 4,
    All = Checks | Training | Timings,
}
