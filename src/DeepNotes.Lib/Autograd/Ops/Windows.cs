using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// Images to columns: [N, C, H, W] to [N, C·KH·KW, OH·OW], a column for each position of a kernel with all that it sees
    /// there, so that a convolution is a matrix product. dx adds up what each value was read for.
    /// </summary>
    /// <exception cref="ShapeException">No images, or the kernel is larger than the padded image.</exception>
    public Tensor Unfold(Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? dilation = null) =>
        Unfold(Window.Over("Unfold", Shape, kernel, stride ?? 1, padding, dilation ?? 1));

    internal Tensor Unfold(Window window)
    {
        var y = Empty([window.Images, window.Taps, window.Output.Area], Device);
        Backend.Unfold(Buffer, window, y.Buffer);
        return IsRecorded(this) ? RecordUnfold(y, window) : y;
    }

    private Tensor RecordUnfold(Tensor y, Window window) => Record("Unfold", y, [this], window, dy => [dy.Fold(Shape, window)]);

    // The gradient of Unfold, whose gradient is Unfold again.
    private Tensor Fold(Shape images, Window window)
    {
        var x = Empty(images, Device);
        Backend.Fold(Buffer, window, x.Buffer);
        return IsRecorded(this) ? RecordFold(x, window) : x;
    }

    private Tensor RecordFold(Tensor x, Window window) => Record("Fold", x, [this], dx => [dx.Unfold(window)]);

    /// <summary>
    /// Cross-correlation of images x [N, C, H, W] with kernels w [F, C/G, KH, KW] in G groups:
    /// y[n, f, i, j] = Σ x[n, c, i·s + p·d - top, j·s + q·d - left]·w[f, c, p, q], over the channels c of f's group.
    /// As a product: y = W·unfold(x), so dW = dy·unfold(x)ᵀ and dx = fold(Wᵀ·dy).
    /// </summary>
    /// <exception cref="ShapeException">The channels do not fit, or the kernel is larger than the padded image.</exception>
    public Tensor Convolve(Tensor w, Size2D? stride = null, Padding padding = default, Size2D? dilation = null, int groups = 1)
    {
        if (w.Shape.Count != 4 || Shape.Count != 4 || groups < 1 || w.Shape[0] % groups != 0 || w.Shape[1] * groups != Shape[1])
        {
            throw new ShapeException($"Convolve: expected x [N, C, H, W] and w [F, C/{groups}, KH, KW], got {Shape} and {w.Shape}.");
        }

        if (w.Shape[0] == 0)
        {
            throw new ShapeException($"Convolve: expected w [F, C/{groups}, KH, KW] of at least one filter, got {w.Shape}.");
        }

        CheckDevice("Convolve", w);
        var window = Window.Over("Convolve", Shape, (w.Shape[2], w.Shape[3]), stride ?? 1, padding, dilation ?? 1);
        return Convolve(this, w, new Filters(window, w.Shape[0], groups));
    }

    // y = x ∗ w is linear in both, and so are dx = Dx(dy, w) and dw = Dw(x, dy). They are the derivatives of one form
    // ⟨dy, x ∗ w⟩, so that the gradients of each of the three are the other two.
    private static Tensor Convolve(Tensor x, Tensor w, Filters filters)
    {
        var window = filters.Window;
        var y = Empty([window.Images, filters.Count, window.Output.Height, window.Output.Width], x.Device);
        x.Backend.Convolve(x.Buffer, w.Buffer, filters, y.Buffer);
        return IsRecorded(x) || IsRecorded(w) ? RecordConvolve(x, w, filters, y) : y;
    }

    private static Tensor RecordConvolve(Tensor x, Tensor w, Filters filters, Tensor y) => Record("Convolve", y, [x, w], filters, dy =>
    [
        x.RequiresGradient ? ConvolveGradientInput(dy, w, filters, x.Shape) : null,
        w.RequiresGradient ? ConvolveGradientWeight(x, dy, filters, w.Shape) : null,
    ]);

    private static Tensor ConvolveGradientInput(Tensor dy, Tensor w, Filters filters, Shape images)
    {
        var dx = Empty(images, dy.Device);
        dy.Backend.ConvolveGradientInput(dy.Buffer, w.Buffer, filters, dx.Buffer);
        return IsRecorded(dy) || IsRecorded(w) ? RecordGradientInput(dy, w, filters, dx) : dx;
    }

    private static Tensor RecordGradientInput(Tensor dy, Tensor w, Filters filters, Tensor dx) => Record("Convolve gradient of x", dx, [dy, w], x =>
    [
        dy.RequiresGradient ? Convolve(x, w, filters) : null,
        w.RequiresGradient ? ConvolveGradientWeight(x, dy, filters, w.Shape) : null,
    ]);

    private static Tensor ConvolveGradientWeight(Tensor x, Tensor dy, Filters filters, Shape weights)
    {
        var dw = Empty(weights, x.Device);
        x.Backend.ConvolveGradientWeight(x.Buffer, dy.Buffer, filters, dw.Buffer);
        return IsRecorded(x) || IsRecorded(dy) ? RecordGradientWeight(x, dy, filters, dw) : dw;
    }

    private static Tensor RecordGradientWeight(Tensor x, Tensor dy, Filters filters, Tensor dw) => Record("Convolve gradient of w", dw, [x, dy], w =>
    [
        x.RequiresGradient ? ConvolveGradientInput(dy, w, filters, x.Shape) : null,
        dy.RequiresGradient ? Convolve(x, w, filters) : null,
    ]);

    /// <summary>
    /// The largest value in each position of a window over [N, C, H, W]; padding never wins. dx goes to where it was, to the
    /// first position among equals.
    /// </summary>
    /// <exception cref="ShapeException">No images, or the window is larger than the padded image.</exception>
    public Tensor MaxPool(Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? dilation = null, bool coversAll = false)
    {
        var window = Window.Over("MaxPool", Shape, kernel, stride ?? kernel, padding, dilation ?? 1, coversAll);
        var y = Empty([window.Images, window.Channels, window.Output.Height, window.Output.Width], Device);
        Backend.MaxPool(Buffer, window, y.Buffer);
        return Record("MaxPool", y, [this], window, dy =>
        {
            if (Recording.IsOn)
            {
                return [dy.Reshape(dy.Length).ScatterAdd([Length + 1], LargestPositions(window, y)).Slice(0, 0, Length).Reshape(Shape)];
            }

            var dx = Empty(Shape, Device);
            Backend.MaxPoolGradient(Buffer, y.Buffer, dy.Buffer, window, dx.Buffer);
            return [dx];
        });
    }

    // Where each largest value was, the first position among equals; past the end where a window sees nothing but padding.
    private int[] LargestPositions(Window window, Tensor y)
    {
        var plane = window with { Images = window.Images * window.Channels, Channels = 1 };
        float[] values, positions;
        using (Recording.Pause())
        {
            // Positions are numbered from 1: the padding reads as 0.
            float[] numbers = [.. Enumerable.Range(1, window.Input.Area)];
            positions = From(numbers, [1, 1, window.Input.Height, window.Input.Width], Device).Unfold(plane with { Images = 1 }).ToArray();
            values = Reshape(plane.Images, 1, window.Input.Height, window.Input.Width).Unfold(plane).ToArray();
        }

        var (largest, found) = (y.ToArray(), new int[y.Length]);
        for (var i = 0; i < found.Length; i++)
        {
            var (image, output) = Math.DivRem(i, window.Output.Area);
            found[i] = Length;
            for (var tap = window.Kernel.Area - 1; tap >= 0; tap--)
            {
                var position = (int)positions[tap * window.Output.Area + output];
                var value = values[(image * window.Kernel.Area + tap) * window.Output.Area + output];
                if (position > 0 && (value == largest[i] || float.IsNaN(value)))
                {
                    found[i] = image * window.Input.Area + position - 1;
                }
            }
        }

        return found;
    }

    /// <summary>
    /// The mean of each position of a window over [N, C, H, W]. Zeros of the padding count, or else each mean is over what is
    /// inside the image; what a last window of <paramref name="coversAll"/> has beyond the padding is not there and never counts,
    /// as in PyTorch. dx is dy divided among the values it came from.
    /// </summary>
    /// <exception cref="ShapeException">No images, or the window is larger than the padded image.</exception>
    public Tensor AveragePool(
        Size2D kernel, Size2D? stride = null, Padding padding = default, bool coversAll = false, bool countsPadding = true)
    {
        var window = Window.Over("AveragePool", Shape, kernel, stride ?? kernel, padding, 1, coversAll);
        var plane = window with { Images = window.Images * window.Channels, Channels = 1 };
        var y = Reshape(plane.Images, 1, plane.Input.Height, plane.Input.Width).Unfold(plane).Sum(1);
        var counts = From(Counts(window, countsPadding ? padding.Around(window.Input, kernel, window.Stride, 1) : default), [window.Output.Area], Device);
        return (y / counts).Reshape(window.Images, window.Channels, window.Output.Height, window.Output.Width);
    }

    // How many cells each position of a window has within the image and this padding around it.
    private static float[] Counts(Window window, (int Top, int Bottom, int Left, int Right) counted)
    {
        var (height, width) = (window.Input.Height + counted.Bottom, window.Input.Width + counted.Right);
        var counts = new float[window.Output.Area];
        for (var position = 0; position < counts.Length; position++)
        {
            var (row, column) = Math.DivRem(position, window.Output.Width);
            counts[position] = Within(row * window.Stride.Height - window.Before.Height, window.Kernel.Height, -counted.Top, height)
                * Within(column * window.Stride.Width - window.Before.Width, window.Kernel.Width, -counted.Left, width);
        }

        return counts;

        static int Within(int start, int length, int first, int end) => Math.Min(start + length, end) - Math.Max(start, first);
    }
}
