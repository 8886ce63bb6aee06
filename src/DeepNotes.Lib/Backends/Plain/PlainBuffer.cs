namespace DeepNotes.Backends.Plain;

/// <summary>
/// A managed array, of another type than the processor's buffers: what reaches past the seam to a CPU tensor's memory fails here.
/// </summary>
internal sealed class PlainBuffer : DeviceBuffer
{
    public PlainBuffer(int length)
        : base(length)
    {
        // What nobody writes shows up as NaN.
        Values = new float[length];
        Array.Fill(Values, float.NaN);
    }

    public float[] Values { get; }

    public static float[] Of(DeviceBuffer buffer) => ((PlainBuffer)buffer).Values;
}
