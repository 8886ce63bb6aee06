namespace DeepNotes.Backends.Cpu;

/// <summary>A managed array of exactly the buffer's length, as MathNet wants it.</summary>
internal sealed class CpuBuffer(int length) : DeviceBuffer(length)
{
    public float[] Values { get; } = GC.AllocateUninitializedArray<float>(length);

    public static float[] Of(DeviceBuffer buffer) => ((CpuBuffer)buffer).Values;
}
