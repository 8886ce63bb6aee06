using DeepNotes.Backends.Cpu;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>What one workload takes.</summary>
/// <param name="Name">The workload.</param>
/// <param name="Milliseconds">The median of one execution.</param>
/// <param name="Gflops">10⁹ floating-point operations a second, counted in its products alone.</param>
/// <param name="ShareOfPeak">Of the FMA peak that was measured before and after it, 0 to 1.</param>
/// <param name="CoreToCore">Nanoseconds from one core to another and back, the longer time of before and after it; 0 on one thread.</param>
internal sealed record BenchmarkRow(string Name, double Milliseconds, double Gflops, double ShareOfPeak, double CoreToCore)
{
    public static BenchmarkRow Measure(Workload workload, double seconds, double warmUp)
    {
        var prepared = workload.Prepare();
        var (before, distance) = (FmaPeak.Measure(CpuThreads.Count), CoreDistance.Measure(CpuThreads.Count));
        var milliseconds = Timing.Median(prepared.Run, seconds, warmUp);
        var peak = Math.Max(before, FmaPeak.Measure(CpuThreads.Count));
        var gflops = 2e-6 * prepared.MultiplyAccumulates / milliseconds;
        return new BenchmarkRow(workload.Name, milliseconds, gflops, gflops / peak, Math.Max(distance, CoreDistance.Measure(CpuThreads.Count)));
    }
}
