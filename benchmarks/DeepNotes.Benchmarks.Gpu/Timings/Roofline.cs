namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>What the device can do at most, measured in the same run.</summary>
/// <param name="CopyGigabytesPerSecond">Read and written by the backend's own copy.</param>
/// <param name="DriverCopyGigabytesPerSecond">The same by the driver's copy from device memory to device memory.</param>
/// <param name="FmaTflops">Multiply-adds on registers alone.</param>
/// <param name="LaunchMicroseconds">One of many small kernels in the queue.</param>
/// <param name="RoundTripMicroseconds">One small kernel, and waiting for it.</param>
internal sealed record Roofline(
    double CopyGigabytesPerSecond, double DriverCopyGigabytesPerSecond, double FmaTflops, double LaunchMicroseconds, double RoundTripMicroseconds)
{
    /// <summary>Of a plain copy: the faster one.</summary>
    public double GigabytesPerSecond => Math.Max(CopyGigabytesPerSecond, DriverCopyGigabytesPerSecond);

    /// <summary>Operations for each byte from which on arithmetic is the limit and not memory.</summary>
    public double Ridge => 1000 * FmaTflops / GigabytesPerSecond;

    /// <summary>The row with its share: max(flops / peak, bytes / bandwidth) over its time.</summary>
    public TimingRow Over(TimingRow row) =>
        row with { ShareOfRoof = Math.Max(row.Flops / (1e9 * FmaTflops), row.Bytes / (1e6 * GigabytesPerSecond)) / row.Milliseconds };
}
