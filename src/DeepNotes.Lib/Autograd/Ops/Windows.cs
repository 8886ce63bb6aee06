using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// Images to columns: [N, C, H, W] to [N, C·KH·KW, OH·OW], a column for each place of a kernel with all that it sees
    /// there, so that a convolution is a matrix product. dx adds up what each value was read for.
    /// </summary>
    /// <exception cref="ShapeException">No images, or the kernel is larger than the padded image.</exception>
    public Tensor Unfold(Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? dilation = null) =>
        Unfold(Window.Over("Unfold", Shape, kernel, stride ?? 1, padding, dilation ?? 1));

    internal Tensor Unfold(Window window)
    {
        var y = Empty([window.Images, window.Taps, window.Output.Area], Device);
        Backend.Unfold(Buffer, window, y.Buffer);
        return Record("Unfold", y, [this], dy =>
        {
            var dx = Empty(Shape, Device);
            Backend.Fold(dy.Buffer, window, dx.Buffer);
            return [dx];
        });
    }

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

        CheckDevice("Convolve", w);
        var window = Window.Over("Convolve", Shape, (w.Shape[2], w.Shape[3]), stride ?? 1, padding, dilation ?? 1);
        var filters = new Filters(window, w.Shape[0], groups);
        var y = Empty([window.Images, filters.Count, window.Output.Height, window.Output.Width], Device);
        Backend.Convolve(Buffer, w.Buffer, filters, y.Buffer);
        return Record("Convolve", y, [this, w], dy => [ConvolveGradientInput(dy, w, filters), ConvolveGradientWeight(dy, w, filters)]);
    }

    private Tensor? ConvolveGradientInput(Tensor dy, Tensor w, Filters filters)
    {
        if (!RequiresGradient)
        {
            return null;
        }

        var dx = Empty(Shape, Device);
        Backend.ConvolveGradientInput(dy.Buffer, w.Buffer, filters, dx.Buffer);
        return dx;
    }

    private Tensor? ConvolveGradientWeight(Tensor dy, Tensor w, Filters filters)
    {
        if (!w.RequiresGradient)
        {
            return null;
        }

        var dw = Empty(w.Shape, Device);
        Backend.ConvolveGradientWeight(Buffer, dy.Buffer, filters, dw.Buffer);
        return dw;
    }

    /// <summary>
    /// The largest value in each place of a window over [N, C, H, W]; padding never wins. dx goes to where it was, to the
    /// first place among equals.
    /// </summary>
    /// <exception cref="ShapeException">No images, or the window is larger than the padded image.</exception>
    public Tensor MaxPool(Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? dilation = null, bool coversAll = false)
    {
        var window = Window.Over("MaxPool", Shape, kernel, stride ?? kernel, padding, dilation ?? 1, coversAll);
        var y = Empty([window.Images, window.Channels, window.Output.Height, window.Output.Width], Device);
        Backend.MaxPool(Buffer, window, y.Buffer);
        return Record("MaxPool", y, [this], dy =>
        {
            var dx = Empty(Shape, Device);
            Backend.MaxPoolGradient(Buffer, y.Buffer, dy.Buffer, window, dx.Buffer);
            return [dx];
        });
    }

    /// <summary>
    /// The mean of each place of a window over [N, C, H, W]. Zeros of the padding count, or else each mean is over what is
    /// inside the image. dx is dy divided among the values it came from.
    /// </summary>
    /// <exception cref="ShapeException">No images, or the window is larger than the padded image.</exception>
    public Tensor AveragePool(
        Size2D kernel, Size2D? stride = null, Padding padding = default, bool coversAll = false, bool countsPadding = true)
    {
        var window = Window.Over("AveragePool", Shape, kernel, stride ?? kernel, padding, 1, coversAll);
        var plane = window with { Images = window.Images * window.Channels, Channels = 1 };
        var inside = Full([1, 1, window.Input.Height, window.Input.Width], 1, Device).Unfold(plane with { Images = 1 });
        var count = countsPadding ? Full([1], kernel.Area, Device) : inside.Sum(1);
        var y = Reshape(plane.Images, 1, plane.Input.Height, plane.Input.Width).Unfold(plane).Sum(1) / count;
        return y.Reshape(window.Images, window.Channels, window.Output.Height, window.Output.Width);
    }
}
