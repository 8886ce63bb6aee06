namespace DeepNotes.Backends.Cpu;

/// <summary>A managed array of exactly the buffer's length, as MathNet wants it.</summary>
internal sealed class CpuBuffer(int length) : DeviceBuffer(length)
{
    public float[] Values { get; } = GC.AllocateUninitializedArray<float>(length);

    /// <exception cref="InvalidOperationException">The buffer is another device's.</exception>
    public static float[] Of(DeviceBuffer buffer) => buffer is CpuBuffer own
        ? own.Values
        : throw new InvalidOperationException("Tensors of two devices in one operation: bring them together with tensor.To(device).");
}
