namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>The peak rates of the device, measured in the same run.</summary>
/// <param name="CopyGigabytesPerSecond">Bytes read and written by the backend's copy kernel.</param>
/// <param name="DriverCopyGigabytesPerSecond">Bytes read and written by the driver's device-to-device copy.</param>
/// <param name="FmaTflops">The rate of multiply-adds on registers.</param>
/// <param name="LaunchMicroseconds">The time of one of many small kernels in the queue.</param>
/// <param name="RoundTripMicroseconds">The time of one small kernel with synchronization.</param>
internal sealed record Roofline(
    double CopyGigabytesPerSecond, double DriverCopyGigabytesPerSecond, double FmaTflops, double LaunchMicroseconds, double RoundTripMicroseconds)
{
    /// <summary>The bandwidth of the faster copy.</summary>
    public double GigabytesPerSecond => Math.Max(CopyGigabytesPerSecond, DriverCopyGigabytesPerSecond);

    /// <summary>The arithmetic intensity, in operations per byte, above which arithmetic is the limit instead of memory.</summary>
    public double Ridge => 1000 * FmaTflops / GigabytesPerSecond;

    /// <summary>Returns the row with its fraction of the roofline, max(flops / peak, bytes / bandwidth) / time.</summary>
    public TimingRow Over(TimingRow row) =>
        row with { ShareOfRoof = Math.Max(row.Flops / (1e9 * FmaTflops), row.Bytes / (1e6 * GigabytesPerSecond)) / row.Milliseconds };
}
