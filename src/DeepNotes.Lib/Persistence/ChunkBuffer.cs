using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// Copies a chunk of a tensor between a device and the host. A backend uploads and downloads whole buffers, so a chunk goes
/// through a device buffer of its length.
/// </summary>
internal sealed class ChunkBuffer(Device device)
{
    public const int MaxValues = 1 << 16;

    private readonly float[] _values = new float[MaxValues];
    private DeviceBuffer? _full;

    public Device Device => device;

    /// <summary>Room on the host for a chunk.</summary>
    public Span<float> Values(int count) => _values.AsSpan(0, count);

    public void Upload(ReadOnlySpan<float> values, Tensor tensor, int start)
    {
        var chunk = Buffer(values.Length);
        device.Backend.Upload(values, chunk);
        device.Backend.Copy(chunk, Range(0, values.Length), tensor.BufferToChange, Range(start, values.Length));
    }

    public void Download(Tensor tensor, int start, Span<float> values)
    {
        var chunk = Buffer(values.Length);
        device.Backend.Copy(tensor.Buffer, Range(start, values.Length), chunk, Range(0, values.Length));
        device.Backend.Download(chunk, values);
    }

    private DeviceBuffer Buffer(int length) =>
        length < MaxValues ? device.Backend.Allocate(length) : _full ??= device.Backend.Allocate(MaxValues);

    private static View Range(int start, int length) => new(start, [length], [1]);
}
