namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Unfold(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        var (from, to) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        Work.ByCost(window.Images * window.Taps, window.Output.Area, (from, to, window), static (in work, start, end) =>
        {
            var (from, to, window) = work;
            for (var row = start; row < end; row++)
            {
                var (plane, tap) = Math.DivRem(row, window.Kernel.Area);
                var image = from.AsSpan(plane * window.Input.Area, window.Input.Area);
                var (top, left) = Start(window, tap);
                Strided.Take(image, window.Input, top, left, window.Stride, to.AsSpan(row * window.Output.Area, window.Output.Area), window.Output);
            }
        });
    }

    public void Fold(DeviceBuffer y, Window window, DeviceBuffer x)
    {
        var (from, to) = (CpuBuffer.Of(y), CpuBuffer.Of(x));
        Work.ByCost(window.Images * window.Channels, (long)window.Kernel.Area * window.Output.Area, (from, to, window), static (in work, start, end) =>
        {
            var (from, to, window) = work;
            for (var plane = start; plane < end; plane++)
            {
                var image = to.AsSpan(plane * window.Input.Area, window.Input.Area);
                image.Clear();
                for (var tap = 0; tap < window.Kernel.Area; tap++)
                {
                    var row = plane * window.Kernel.Area + tap;
                    FoldTap(from.AsSpan(row * window.Output.Area, window.Output.Area), window, tap, image);
                }
            }
        });
    }

    private static void FoldTap(ReadOnlySpan<float> seen, in Window window, int tap, Span<float> image)
    {
        var (top, left) = Start(window, tap);
        var (first, last) = Strided.Inside(left, window.Stride.Width, window.Input.Width, window.Output.Width);
        for (var i = 0; i < window.Output.Height; i++)
        {
            var row = top + i * window.Stride.Height;
            if ((uint)row >= (uint)window.Input.Height || first >= last)
            {
                continue;
            }

            var to = row * window.Input.Width + left + first * window.Stride.Width;
            var line = seen.Slice(i * window.Output.Width + first, last - first);
            if (window.Stride.Width == 1)
            {
                AddTo(image.Slice(to, line.Length), line);
                continue;
            }

            for (var j = 0; j < line.Length; j++, to += window.Stride.Width)
            {
                image[to] += line[j];
            }
        }
    }

    // The row and the column that a tap reads at output (0, 0); outside of the image in the padding.
    private static (int Row, int Column) Start(in Window window, int tap)
    {
        var (p, q) = Math.DivRem(tap, window.Kernel.Width);
        return (p * window.Dilation.Height - window.Before.Height, q * window.Dilation.Width - window.Before.Width);
    }

    private static void AddTo(Span<float> y, ReadOnlySpan<float> x)
    {
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(y, i) + Lanes.Load(x, i), y, i);
        }
    }
}
