namespace DeepNotes.Backends.Cpu;

/// <summary>SIMD over managed arrays, on all cores. One file for each shape of computation.</summary>
internal sealed partial class CpuBackend : IBackend
{
    public string Name => "cpu";

    public DeviceBuffer Allocate(int length) => new CpuBuffer(length);

    public void Upload(ReadOnlySpan<float> values, DeviceBuffer y) => values.CopyTo(CpuBuffer.Of(y));

    public void Download(DeviceBuffer x, Span<float> values) => CpuBuffer.Of(x).CopyTo(values);

    public void Fill(DeviceBuffer y, float value) => Array.Fill(CpuBuffer.Of(y), value);
}

/// <summary>A managed array of exactly the buffer's length, as MathNet requires.</summary>
internal sealed class CpuBuffer(int length) : DeviceBuffer(length)
{
    public float[] Values { get; } = GC.AllocateUninitializedArray<float>(length);

    /// <exception cref="InvalidOperationException">The buffer is another device's.</exception>
    public static float[] Of(DeviceBuffer buffer) => buffer is CpuBuffer own
        ? own.Values
        : throw new InvalidOperationException("Tensors of two devices in one operation: bring them together with tensor.To(device).");
}
