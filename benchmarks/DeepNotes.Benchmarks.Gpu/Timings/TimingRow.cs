using DeepNotes.Backends.Gpu;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>What one row takes, until the device has finished it.</summary>
/// <param name="Name">The row.</param>
/// <param name="Milliseconds">The median of one execution.</param>
/// <param name="Flops">Floating-point operations of its products; 0 where only memory is walked.</param>
/// <param name="Bytes">That it must read and write at least; 0 where nobody has counted.</param>
/// <param name="CpuMilliseconds">What the same takes on the processor, where it was timed too.</param>
internal sealed record TimingRow(string Name, double Milliseconds, double Flops, double Bytes, double? CpuMilliseconds = null)
{
    public double Gflops => 1e-6 * Flops / Milliseconds;

    public double GigabytesPerSecond => 1e-6 * Bytes / Milliseconds;

    /// <summary>How many times as fast as the processor.</summary>
    public double? TimesCpu => CpuMilliseconds / Milliseconds;

    /// <summary>Of the least time in which the device could do so many operations and move so many bytes, both at once; set once the roofline is known.</summary>
    public double? ShareOfRoof { get; init; }
}

/// <summary>How long a device takes until it has finished.</summary>
internal static class DeviceTiming
{
    /// <summary>The median, after a warm-up.</summary>
    public static double Milliseconds(GpuBackend gpu, Sizes sizes, Action queue) => Timing.Median(
        () =>
        {
            queue();
            gpu.Synchronize();
        },
        sizes.Seconds, sizes.WarmUp);
}
