namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Unfold(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        var (from, to) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        Work.ByCost(window.Images * window.Taps, window.Output.Area, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var (plane, tap) = Math.DivRem(row, window.Kernel.Area);
                var image = from.AsSpan(plane * window.Input.Area, window.Input.Area);
                UnfoldTap(image, window, tap, to.AsSpan(row * window.Output.Area, window.Output.Area));
            }
        });
    }

    public void Fold(DeviceBuffer y, Window window, DeviceBuffer x)
    {
        var (from, to) = (CpuBuffer.Of(y), CpuBuffer.Of(x));
        Work.ByCost(window.Images * window.Channels, (long)window.Kernel.Area * window.Output.Area, (start, end) =>
        {
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

    private static void UnfoldTap(ReadOnlySpan<float> image, in Window window, int tap, Span<float> seen)
    {
        var (p, q) = Math.DivRem(tap, window.Kernel.Width);
        var (first, last) = Inside(window, q);
        for (var i = 0; i < window.Output.Height; i++)
        {
            var line = seen.Slice(i * window.Output.Width, window.Output.Width);
            var row = i * window.Stride.Height + p * window.Dilation.Height - window.Before.Height;
            if ((uint)row >= (uint)window.Input.Height || first >= last)
            {
                line.Clear();
                continue;
            }

            line[..first].Clear();
            line[last..].Clear();
            var from = row * window.Input.Width + first * window.Stride.Width + q * window.Dilation.Width - window.Before.Width;
            if (window.Stride.Width == 1)
            {
                image.Slice(from, last - first).CopyTo(line[first..]);
                continue;
            }

            for (var j = first; j < last; j++, from += window.Stride.Width)
            {
                line[j] = image[from];
            }
        }
    }

    private static void FoldTap(ReadOnlySpan<float> seen, in Window window, int tap, Span<float> image)
    {
        var (p, q) = Math.DivRem(tap, window.Kernel.Width);
        var (first, last) = Inside(window, q);
        for (var i = 0; i < window.Output.Height; i++)
        {
            var row = i * window.Stride.Height + p * window.Dilation.Height - window.Before.Height;
            if ((uint)row >= (uint)window.Input.Height || first >= last)
            {
                continue;
            }

            var to = row * window.Input.Width + first * window.Stride.Width + q * window.Dilation.Width - window.Before.Width;
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

    // The output columns at which tap column q is inside the image, from first up to before last.
    private static (int First, int Last) Inside(in Window window, int q)
    {
        var (shift, step) = (q * window.Dilation.Width - window.Before.Width, window.Stride.Width);
        var first = shift >= 0 ? 0 : (-shift + step - 1) / step;
        var last = window.Input.Width <= shift ? 0 : (window.Input.Width - shift + step - 1) / step;
        return (Math.Min(first, window.Output.Width), Math.Min(last, window.Output.Width));
    }

    private static void AddTo(Span<float> y, ReadOnlySpan<float> x)
    {
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(y, i) + Lanes.Load(x, i), y, i);
        }
    }
}
