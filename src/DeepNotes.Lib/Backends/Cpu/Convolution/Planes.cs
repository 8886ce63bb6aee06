using System.Buffers;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Images laid out so that each tap of a kernel sees one straight run of memory: padded with zeros, and with a stride of s
/// taken apart into s·s planes of every s-th row and column. Output (i, j) is then at i·width + j of every tap's run; the
/// columns beyond the output's are garbage that is thrown away.
/// </summary>
internal sealed class Planes : IDisposable
{
    // The last run of a plane is read in whole panels.
    private const int Slack = 64;

    public Planes(int count, Size2D size)
    {
        (Count, Size) = (count, size);
        Values = ArrayPool<float>.Shared.Rent(count * size.Area + Slack);
    }

    public int Count { get; }

    public Size2D Size { get; }

    public float[] Values { get; }

    public void Dispose() => ArrayPool<float>.Shared.Return(Values);

    /// <summary>plane(i, j) = image(firstRow + i·stride, firstColumn + j·stride), or 0 outside of the image.</summary>
    public void Fill(int plane, ReadOnlySpan<float> image, Size2D imageSize, int firstRow, int firstColumn, Size2D stride)
    {
        var target = Values.AsSpan(plane * Size.Area, Size.Area);
        var (first, last) = Inside(firstColumn, stride.Width, imageSize.Width, Size.Width);
        for (var i = 0; i < Size.Height; i++)
        {
            var line = target.Slice(i * Size.Width, Size.Width);
            var row = firstRow + i * stride.Height;
            if ((uint)row >= (uint)imageSize.Height || first >= last)
            {
                line.Clear();
                continue;
            }

            line[..first].Clear();
            line[last..].Clear();
            var source = image.Slice(row * imageSize.Width, imageSize.Width);
            Take(source[(firstColumn + first * stride.Width)..], stride.Width, line[first..last]);
        }
    }

    private static void Take(ReadOnlySpan<float> source, int step, Span<float> target)
    {
        if (step == 1)
        {
            source[..target.Length].CopyTo(target);
            return;
        }

        for (var j = 0; j < target.Length; j++)
        {
            target[j] = source[j * step];
        }
    }

    // Which j of 0 … count-1 have 0 ≤ start + j·step < length.
    private static (int First, int Last) Inside(int start, int step, int length, int count)
    {
        var first = start >= 0 ? 0 : (-start + step - 1) / step;
        var last = length <= start ? 0 : (length - start + step - 1) / step;
        return (Math.Min(first, count), Math.Min(last, count));
    }
}
