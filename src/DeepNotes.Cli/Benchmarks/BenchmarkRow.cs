using DeepNotes.Backends.Cpu;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>The timing of one workload.</summary>
/// <param name="Name">The workload.</param>
/// <param name="Milliseconds">The median of one execution.</param>
/// <param name="Gflops">10⁹ floating-point operations per second; only products are counted.</param>
/// <param name="ShareOfPeak">The fraction, 0 to 1, of the FMA peak, which is the higher of two measurements, before and after.</param>
/// <param name="CoreToCore">The round trip between two cores in nanoseconds, the longer of two measurements, before and after; 0 on one thread.</param>
internal sealed record BenchmarkRow(string Name, double Milliseconds, double Gflops, double ShareOfPeak, double CoreToCore)
{
    public static BenchmarkRow Measure(Workload workload, double seconds, double warmUp)
    {
        var prepared = workload.Prepare();
        var (peakBefore, latency) = (FmaPeak.Measure(CpuThreads.Count), CoreLatency.Measure(CpuThreads.Count));
        var milliseconds = Timing.Median(prepared.Run, seconds, warmUp);
        var peak = Math.Max(peakBefore, FmaPeak.Measure(CpuThreads.Count));
        var gflops = 2e-6 * prepared.MultiplyAccumulates / milliseconds;
        return new BenchmarkRow(workload.Name, milliseconds, gflops, gflops / peak, Math.Max(latency, CoreLatency.Measure(CpuThreads.Count)));
    }
}

/// <summary>The results of one workload, for comparison with the same workload in another framework.</summary>
/// <param name="Name">The workload.</param>
/// <param name="MultiplyAccumulates">Multiply-accumulates in the products of one execution.</param>
/// <param name="Parameters">The number of trainable parameters; null without training.</param>
/// <param name="FirstLoss">The loss before the first step.</param>
/// <param name="LastLoss">The loss after the last step, on the same batch.</param>
/// <param name="AllocatedBytes">Managed memory that a step allocates: small objects only, because tensors reuse the memory of the previous step.</param>
/// <param name="OlderCollections">Garbage collections of generation 1 or 2 during the steps, from the third on.</param>
internal sealed record CheckedRow(
    string Name, double MultiplyAccumulates, long? Parameters, float? FirstLoss, float? LastLoss, long? AllocatedBytes, int? OlderCollections)
{
    // The first step allocates all memory; after the second, long-lived objects are promoted once.
    private const int WarmUpSteps = 2;

    public static CheckedRow Of(Workload workload, int steps)
    {
        var prepared = workload.Prepare();
        if (prepared.Training is not { } training)
        {
            return new CheckedRow(workload.Name, prepared.MultiplyAccumulates, null, null, null, null, null);
        }

        List<Step> taken = [.. Enumerable.Range(0, steps + 1).Select(_ => Step.Take(training))];
        return new CheckedRow(
            workload.Name, prepared.MultiplyAccumulates, training.Parameters, taken[0].Loss, taken[^1].Loss,
            taken.Skip(1).Min(step => step.Bytes), taken.Skip(WarmUpSteps).Sum(step => step.OlderCollections));
    }

    private readonly record struct Step(float Loss, long Bytes, int OlderCollections)
    {
        public static Step Take(TrainingStep training)
        {
            var (bytes, collections) = (GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(1));
            var loss = training.Run();
            return new Step(loss, GC.GetAllocatedBytesForCurrentThread() - bytes, GC.CollectionCount(1) - collections);
        }
    }
}
