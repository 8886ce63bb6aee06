using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;
using DeepNotes.Backends.Gpu;
using DeepNotes.Benchmarks.Gpu.Checks;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>The timings of a run, the roofline that they are compared with, and the goals.</summary>
/// <param name="Roofline">The peak rates of the device.</param>
/// <param name="Rows">The timings.</param>
/// <param name="Products">The checks of the timed products.</param>
/// <param name="Goals">The figures compared with a goal.</param>
internal sealed record Measurement(Roofline Roofline, IReadOnlyList<TimingRow> Rows, IReadOnlyList<CheckRow> Products, IReadOnlyList<Goal> Goals)
{
    private static readonly string[] _comparedWithCpu = ["resnet20", "mini-vgg"];

    public static Measurement Of(Device device, GpuBackend gpu, Sizes sizes, Action<string> report)
    {
        var rows = new List<TimingRow>();
        var streams = new Streams(gpu, sizes);
        foreach (var (name, measure) in streams.Rows())
        {
            report($"time {name}");
            rows.Add(measure());
        }

        TimingRow? Row(string name) => rows.Find(row => row.Name == name);
        report("time small kernels and multiply-adds");
        var (queued, roundTrip) = streams.Launch();
        var roofline = new Roofline(Row(Streams.Copy)!.GigabytesPerSecond, Row(Streams.DriverCopy)!.GigabytesPerSecond, FmaKernel.Measure(gpu, sizes), queued, roundTrip);
        var products = new List<CheckRow>();
        using var cublas = CuBlas.TryOpen(gpu, out var missing);
        var paths = ProductPath.All(gpu, cublas);
        foreach (var path in paths)
        {
            report($"time {path.Name}");
            var (time, check) = path.Measure(gpu, sizes, sizes.PeakProduct);
            rows.Add(time);
            products.Add(check);
        }

        rows.AddRange(WorkloadRows(device, sizes, report));
        return new Measurement(roofline, [.. rows.Select(roofline.Over)], products, [.. ProductGoals(gpu, sizes, roofline, paths, Row, missing), .. OtherGoals(sizes, roofline, Row)]);
    }

    private static IEnumerable<TimingRow> WorkloadRows(Device device, Sizes sizes, Action<string> report)
    {
        var own = sizes.TimedProducts.Select(Workloads.Product)
            .Concat(Workloads.Trainings(sizes.Batch)).Append(Workloads.Convolution(sizes.Batch));
        foreach (var workload in own)
        {
            report($"time {workload.Name}");
            yield return OnDevice(workload, device, sizes);
        }

        foreach (var workload in Workloads.Trainings(sizes.LargeBatch, _comparedWithCpu))
        {
            report($"time {workload.Name}, and on {CpuThreads.Count} threads of the processor");
            var there = OnDevice(workload, device, sizes);
            var prepared = workload.Prepare();
            yield return there with { Name = Compared(workload.Name), CpuMilliseconds = Timing.Median(prepared.Run, sizes.Seconds, sizes.WarmUp) };
        }
    }

    private static TimingRow OnDevice(Workload workload, Device device, Sizes sizes)
    {
        using var chosen = device.Use();
        var row = GpuRow.Measure(workload, device, sizes.Seconds, sizes.WarmUp);
        return new TimingRow(row.Name, row.Milliseconds, 1e6 * row.Gflops * row.Milliseconds, Bytes: 0);
    }

    private static IEnumerable<Goal> ProductGoals(
        GpuBackend gpu, Sizes sizes, Roofline roofline, IEnumerable<ProductPath> paths, Func<string, TimingRow?> row, string withoutCuBlas)
    {
        var n = sizes.PeakProduct;
        foreach (var path in paths)
        {
            yield return new Goal($"{path.Name}, N = {n}", 1e-3 * row($"{path.Name} {n}")!.Gflops, "TFLOP/s", null, "");
        }

        double? Tflops(string path) => 1e-3 * row($"{path} {n}")?.Gflops;
        yield return Share(ProductPath.Fp32, "the measured FMA peak", roofline.FmaTflops, null, "");
        yield return Share(ProductPath.Fp32, "the card's nominal peak", Card.Of(gpu).NominalTflops, null, "the number of cores is not known");
        yield return Share(ProductPath.Fp32, "cuBLAS's", Tflops(ProductPath.CuBlasFp32), 0.6, withoutCuBlas);
        yield return Share(ProductPath.Tf32, "cuBLAS's with tf32", Tflops(ProductPath.CuBlasTf32), 0.25, withoutCuBlas);

        Goal Share(string path, string of, double? whole, double? atLeast, string missing) =>
            new($"{path}: share of {of}", Tflops(path) / whole, "", atLeast, whole is null ? missing : $"{whole:0.00} TFLOP/s");
    }

    private static IEnumerable<Goal> OtherGoals(Sizes sizes, Roofline roofline, Func<string, TimingRow?> row)
    {
        yield return Bandwidth("map: share of a plain copy's bandwidth", row(Streams.Map)!);
        yield return Bandwidth("reduction: share of a plain copy's bandwidth", row(Streams.Fold)!);
        var network = row(Compared($"resnet20, batch {sizes.LargeBatch}"))!;
        yield return new Goal($"resnet20, batch {sizes.LargeBatch}: times the CPU's throughput", network.TimesCpu, "", 20, $"{CpuThreads.Count} threads, {network.CpuMilliseconds:0.0} ms a step");

        Goal Bandwidth(string what, TimingRow measured) =>
            new(what, measured.GigabytesPerSecond / roofline.GigabytesPerSecond, "", 0.85, $"{measured.GigabytesPerSecond:0.0} of {roofline.GigabytesPerSecond:0.0} GB/s");
    }

    // A distinct name: at small sizes the table already has a row for this batch.
    private static string Compared(string name) => $"{name}, beside the CPU";
}

/// <summary>A figure reported in each run, and the goal for it.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Value">The measured value, or null if it could not be measured.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="AtLeast">The goal; null if the figure is only reported.</param>
/// <param name="Remark">What the value is relative to, or the reason why it is missing.</param>
internal sealed record Goal(string Name, double? Value, string Unit, double? AtLeast, string Remark)
{
    /// <summary>Whether the goal is reached; null without a goal or a measurement.</summary>
    public bool? IsReached => AtLeast is null || Value is null ? null : Value >= AtLeast;
}
