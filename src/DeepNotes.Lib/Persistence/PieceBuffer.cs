using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// Moves a part of a tensor between a device and the host. A backend uploads and downloads whole buffers, so a part goes
/// through a buffer of its own length.
/// </summary>
internal sealed class PieceBuffer(Device device)
{
    public const int MostValues = 1 << 16;

    private readonly float[] _values = new float[MostValues];
    private DeviceBuffer? _full;

    public Device Device => device;

    /// <summary>Room on the host for a piece.</summary>
    public Span<float> Values(int count) => _values.AsSpan(0, count);

    public void Upload(ReadOnlySpan<float> values, Tensor tensor, int start)
    {
        var piece = Buffer(values.Length);
        device.Backend.Upload(values, piece);
        device.Backend.Copy(piece, Run(0, values.Length), tensor.BufferToChange, Run(start, values.Length));
    }

    public void Download(Tensor tensor, int start, Span<float> values)
    {
        var piece = Buffer(values.Length);
        device.Backend.Copy(tensor.Buffer, Run(start, values.Length), piece, Run(0, values.Length));
        device.Backend.Download(piece, values);
    }

    private DeviceBuffer Buffer(int length) =>
        length < MostValues ? device.Backend.Allocate(length) : _full ??= device.Backend.Allocate(MostValues);

    private static View Run(int start, int length) => new(start, [length], [1]);
}
