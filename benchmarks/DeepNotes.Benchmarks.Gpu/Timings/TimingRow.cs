using DeepNotes.Backends.Gpu;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>The time of one computation, including synchronization with the device.</summary>
/// <param name="Name">The name of the row.</param>
/// <param name="Milliseconds">The median of one execution.</param>
/// <param name="Flops">The floating-point operations of its products; 0 if it is limited by memory only.</param>
/// <param name="Bytes">The bytes that it must at least read and write; 0 if not counted.</param>
/// <param name="CpuMilliseconds">The time on the CPU, if measured.</param>
internal sealed record TimingRow(string Name, double Milliseconds, double Flops, double Bytes, double? CpuMilliseconds = null)
{
    public double Gflops => 1e-6 * Flops / Milliseconds;

    public double GigabytesPerSecond => 1e-6 * Bytes / Milliseconds;

    /// <summary>The speed-up over the CPU.</summary>
    public double? TimesCpu => CpuMilliseconds / Milliseconds;

    /// <summary>The fraction of the roofline: the shortest time in which the device could execute the operations and transfer the bytes, divided by the measured time.</summary>
    public double? ShareOfRoof { get; init; }
}

/// <summary>Times work on a device, including synchronization.</summary>
internal static class DeviceTiming
{
    /// <summary>Returns the median time after a warm-up.</summary>
    public static double Milliseconds(GpuBackend gpu, Sizes sizes, Action queue) => Timing.Median(
        () =>
        {
            queue();
            gpu.Synchronize();
        },
        sizes.Seconds, sizes.WarmUp);
}
