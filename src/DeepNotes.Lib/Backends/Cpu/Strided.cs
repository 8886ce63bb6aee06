namespace DeepNotes.Backends.Cpu;

/// <summary>Every s-th row and column of an image, from any position on: what a tap sees, also beyond the edge.</summary>
internal static class Strided
{
    /// <summary>y(i, j) = image(firstRow + i·stride, firstColumn + j·stride), or 0 outside of the image.</summary>
    public static void Take(
        ReadOnlySpan<float> image, Size2D imageSize, int firstRow, int firstColumn, Size2D stride, Span<float> y, Size2D size)
    {
        var (first, last) = Inside(firstColumn, stride.Width, imageSize.Width, size.Width);
        for (var i = 0; i < size.Height; i++)
        {
            var line = y.Slice(i * size.Width, size.Width);
            var row = firstRow + i * stride.Height;
            if ((uint)row >= (uint)imageSize.Height || first >= last)
            {
                line.Clear();
                continue;
            }

            Zero(line[..first]);
            Zero(line[last..]);
            var source = image.Slice(row * imageSize.Width, imageSize.Width);
            TakeRow(source[(firstColumn + first * stride.Width)..], stride.Width, line[first..last]);
        }
    }

    /// <summary>Which j of 0 … count-1 have 0 ≤ start + j·step &lt; length: from First up to before Last.</summary>
    public static (int First, int Last) Inside(int start, int step, int length, int count)
    {
        var first = start >= 0 ? 0 : (-start + step - 1) / step;
        var last = length <= start ? 0 : (length - start + step - 1) / step;
        return (Math.Min(first, count), Math.Min(last, count));
    }

    // Mostly one or two columns: less than a call would take.
    private static void Zero(Span<float> padding)
    {
        for (var j = 0; j < padding.Length; j++)
        {
            padding[j] = 0;
        }
    }

    private static void TakeRow(ReadOnlySpan<float> source, int step, Span<float> target)
    {
        if (step == 1)
        {
            Lanes.Copy(source[..target.Length], target);
            return;
        }

        for (var j = 0; j < target.Length; j++)
        {
            target[j] = source[j * step];
        }
    }
}
