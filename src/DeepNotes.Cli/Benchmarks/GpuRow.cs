using DeepNotes.Backends;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>The timing of one workload on a GPU, including synchronization.</summary>
/// <param name="Name">The workload.</param>
/// <param name="Milliseconds">The median of one execution.</param>
/// <param name="Gflops">10⁹ floating-point operations per second; only products are counted.</param>
internal sealed record GpuRow(string Name, double Milliseconds, double Gflops)
{
    public static GpuRow Measure(Workload workload, Device device, double seconds, double warmUp)
    {
        var prepared = workload.Prepare();
        var milliseconds = Timing.Median(
            () =>
            {
                prepared.Run();
                device.Synchronize();
            },
            seconds, warmUp);
        return new GpuRow(workload.Name, milliseconds, 2e-6 * prepared.MultiplyAccumulates / milliseconds);
    }
}
