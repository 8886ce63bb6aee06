using DeepNotes.Backends.Gpu;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Benchmarks.Gpu.Timings;

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
