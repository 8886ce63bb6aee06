using System.Buffers;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void MaxPool(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        var halves = MaxPool2x2.Fits(window);
        var cost = (halves ? 1L : 2L) * window.Kernel.Area * window.Output.Area;
        Work.ByCost(window.Images * window.Channels, cost, (CpuBuffer.Of(x), CpuBuffer.Of(y), window, halves), static (in work, start, end) =>
        {
            var (from, to, window, halves) = work;
            var rowMaximum = ArrayPool<float>.Shared.Rent(halves ? 0 : window.Input.Width);
            for (var plane = start; plane < end; plane++)
            {
                var image = Plane(from, plane, window.Input);
                var largest = Plane(to, plane, window.Output);
                if (halves)
                {
                    MaxPool2x2.Maximum(image, window, largest);
                }
                else
                {
                    MaxPoolPlane(image, window, rowMaximum.AsSpan(0, window.Input.Width), largest);
                }
            }

            ArrayPool<float>.Shared.Return(rowMaximum);
        });
    }

    public void MaxPoolGradient(DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, Window window, DeviceBuffer dx)
    {
        var (from, ys, dys, to) = (CpuBuffer.Of(x), CpuBuffer.Of(y), CpuBuffer.Of(dy), CpuBuffer.Of(dx));
        var (halves, leavesNone) = (MaxPool2x2.Fits(window), window.Output.Area * 4 == window.Input.Area);
        var cost = (halves ? 1L : 4L) * window.Kernel.Area * window.Output.Area;
        Work.ByCost(window.Images * window.Channels, cost, (from, ys, dys, to, window, halves, leavesNone), static (in work, start, end) =>
        {
            var (from, ys, dys, to, window, halves, leavesNone) = work;
            for (var plane = start; plane < end; plane++)
            {
                var image = Plane(from, plane, window.Input);
                var dImage = Plane(to, plane, window.Input);
                var largest = Plane(ys, plane, window.Output);
                var upstream = Plane(dys, plane, window.Output);
                if (!halves || !leavesNone)
                {
                    dImage.Clear();
                }

                if (halves)
                {
                    MaxPool2x2.Gradient(image, largest, upstream, window, dImage);
                }
                else
                {
                    MaxPoolGradientPlane(image, largest, upstream, window, dImage);
                }
            }
        });
    }

    private static Span<float> Plane(float[] planes, int plane, Size2D size) => planes.AsSpan(plane * size.Area, size.Area);

    // First the largest of the rows, sixteen columns at a time, then of the columns. NaN wins over every number.
    private static void MaxPoolPlane(ReadOnlySpan<float> image, in Window window, Span<float> rowMaximum, Span<float> y)
    {
        var (width, step) = (window.Input.Width, window.Dilation.Width);
        for (var i = 0; i < window.Output.Height; i++)
        {
            var rows = Taps(i, window.Stride.Height, window.Before.Height, window.Dilation.Height, window.Kernel.Height, window.Input.Height);
            rowMaximum.Fill(float.NegativeInfinity);
            for (var row = rows.First; row < rows.End; row += window.Dilation.Height)
            {
                MaximumOf(rowMaximum, image.Slice(row * width, width));
            }

            for (var j = 0; j < window.Output.Width; j++)
            {
                var columns = Taps(j, window.Stride.Width, window.Before.Width, step, window.Kernel.Width, width);
                var largest = float.NegativeInfinity;
                for (var column = columns.First; column < columns.End; column += step)
                {
                    largest = rowMaximum[column] > largest || float.IsNaN(rowMaximum[column]) ? rowMaximum[column] : largest;
                }

                y[i * window.Output.Width + j] = largest;
            }
        }
    }

    private static void MaxPoolGradientPlane(
        ReadOnlySpan<float> image, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, in Window window, Span<float> dx)
    {
        for (var i = 0; i < window.Output.Height; i++)
        {
            var rows = Taps(i, window.Stride.Height, window.Before.Height, window.Dilation.Height, window.Kernel.Height, window.Input.Height);
            for (var j = 0; j < window.Output.Width; j++)
            {
                var columns = Taps(j, window.Stride.Width, window.Before.Width, window.Dilation.Width, window.Kernel.Width, window.Input.Width);
                var position = i * window.Output.Width + j;
                if (FirstEqual(image, y[position], rows, columns, window) is >= 0 and var at)
                {
                    dx[at] += dy[position];
                }
            }
        }
    }

    // -1 where a window sees nothing but padding, as a dilated one may.
    private static int FirstEqual(ReadOnlySpan<float> image, float value, (int First, int End) rows, (int First, int End) columns, in Window window)
    {
        for (var row = rows.First; row < rows.End; row += window.Dilation.Height)
        {
            for (var column = columns.First; column < columns.End; column += window.Dilation.Width)
            {
                var at = row * window.Input.Width + column;
                if (image[at] == value || float.IsNaN(image[at]))
                {
                    return at;
                }
            }
        }

        return -1;
    }

    // The taps of output i that are inside the image: every dilation-th from First to before End.
    private static (int First, int End) Taps(int i, int stride, int before, int dilation, int kernel, int length)
    {
        var first = i * stride - before;
        var end = Math.Min(length, first + (kernel - 1) * dilation + 1);
        return (first >= 0 ? first : first + (-first + dilation - 1) / dilation * dilation, end);
    }

    private static void MaximumOf(Span<float> y, ReadOnlySpan<float> x)
    {
        var f = default(Functions.Maximum);
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(f.F(Lanes.Load(y, i), Lanes.Load(x, i)), y, i);
        }
    }
}
