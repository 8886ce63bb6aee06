using DeepNotes.Backends.Cpu;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>What a training step of some size takes on some threads.</summary>
/// <param name="Name">Of the curve.</param>
/// <param name="Size">How large what grows is.</param>
/// <param name="Threads">How many threads computed.</param>
/// <param name="Milliseconds">The median of forward, backward and update.</param>
/// <param name="MultiplyAccumulates">Of its products.</param>
internal sealed record GrowthRow(string Name, int Size, int Threads, double Milliseconds, double MultiplyAccumulates)
{
    /// <summary>10⁹ floating-point operations a second, counted in its products alone.</summary>
    public double Gflops => 2e-6 * MultiplyAccumulates / Milliseconds;

    /// <summary>How many times as fast as the same step on one thread.</summary>
    public double SpeedUpOver(IEnumerable<GrowthRow> rows) =>
        rows.First(row => row.Name == Name && row.Size == Size && row.Threads == 1).Milliseconds / Milliseconds;

    /// <summary>One thread, then all: one after the other, so that both meet the same neighbours on the machine.</summary>
    public static IReadOnlyList<GrowthRow> Measure(GrowthCurve curve, int size, double seconds, double warmUp)
    {
        var all = CpuThreads.Count;
        var step = PreparedWorkload.Of(curve.Step(size));
        try
        {
            return [.. new[] { 1, all }.Distinct().Select(threads =>
            {
                CpuThreads.Count = threads;
                return new GrowthRow(curve.Name, size, threads, Timing.Median(step.Run, seconds, warmUp), step.MultiplyAccumulates);
            })];
        }
        finally
        {
            CpuThreads.Count = all;
        }
    }
}
