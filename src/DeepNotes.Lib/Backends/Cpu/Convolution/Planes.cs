using System.Buffers;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Images laid out so that each tap of a kernel sees one straight run of memory: padded with zeros, and with a stride of s
/// taken apart into s·s planes of every s-th row and column. Output (i, j) is then at i·width + j of every tap's run; the
/// columns beyond the output's are garbage that is thrown away.
/// </summary>
internal readonly struct Planes : IDisposable
{
    // The last run of a plane is read in whole panels. What is read there is thrown away or multiplied by zero, which
    // what happens to be in memory would survive as NaN.
    private const int Slack = 64;

    public Planes(int count, Size2D size)
    {
        (Count, Size) = (count, size);
        Values = ArrayPool<float>.Shared.Rent(count * size.Area + Slack);
        Values.AsSpan(count * size.Area, Slack).Clear();
    }

    public int Count { get; }

    public Size2D Size { get; }

    public float[] Values { get; }

    public Span<float> Plane(int plane) => Values.AsSpan(plane * Size.Area, Size.Area);

    public void Dispose() => ArrayPool<float>.Shared.Return(Values);

    /// <summary>plane(i, j) = image(firstRow + i·stride, firstColumn + j·stride), or 0 outside of the image.</summary>
    public void Fill(int plane, ReadOnlySpan<float> image, Size2D imageSize, int firstRow, int firstColumn, Size2D stride) =>
        Strided.Take(image, imageSize, firstRow, firstColumn, stride, Plane(plane), Size);
}
