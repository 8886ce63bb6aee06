using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Translates convolutions and pooling.</summary>
internal static class WindowTranslation
{
    public static string Write(this Conv2d convolution, OnnxNodes nodes, string x)
    {
        var pads = Pads(convolution, convolution.Padding, nodes.InputShape);
        if (convolution.PaddingMode == PaddingMode.Replicate)
        {
            (x, pads) = (Pad(nodes, x, pads, "edge"), default);
        }

        string[] inputs = [x, .. nodes.Weights(convolution.Weight, convolution.Bias)];
        return nodes.Add("Conv", inputs, [.. Attributes(convolution, pads), ("group", (long)convolution.Groups)]);
    }

    public static string Write(this MaxPool2d pool, OnnxNodes nodes, string x) =>
        nodes.Add("MaxPool", [x], Attributes(pool, Extended(pool, Pads(pool, pool.Padding, nodes.InputShape), nodes)));

    // The last window may extend past the padding, and the values out there never count; the padding that does count is written as explicit zeros.
    public static string Write(this AveragePool2d pool, OnnxNodes nodes, string x)
    {
        var pads = Pads(pool, pool.Padding, nodes.InputShape);
        var extended = Extended(pool, pads, nodes);
        if (!pool.CountsPadding || extended == pads)
        {
            return nodes.Add("AveragePool", [x], [.. Attributes(pool, extended), ("count_include_pad", pool.CountsPadding ? 1L : 0L)]);
        }

        var overhang = (0, extended.Bottom - pads.Bottom, 0, extended.Right - pads.Right);
        return nodes.Add("AveragePool", [pads == default ? x : Pad(nodes, x, pads, "constant")], [.. Attributes(pool, overhang), ("count_include_pad", 0L)]);
    }

    /// <summary>im2col as a convolution: the kernel of each tap is 1 at the tap and 0 elsewhere.</summary>
    public static string Unfold(OnnxNodes nodes, string x, Window window)
    {
        var (taps, area) = (window.Taps, window.Kernel.Area);
        var kernels = new float[taps * area];
        for (var tap = 0; tap < taps; tap++)
        {
            kernels[tap * area + tap % area] = 1;
        }

        var weights = nodes.Constant("Taps", Tensor.From(kernels, [taps, 1, window.Kernel.Height, window.Kernel.Width]));
        var positions = nodes.Add("Conv", [x, weights], [.. Attributes(window), ("group", (long)window.Channels)]);
        return nodes.Add("Reshape", [positions, nodes.Constant("Shape", 0, taps, -1)]);
    }

    /// <summary>The attributes of a window over images of this size.</summary>
    public static IEnumerable<(string Name, object Value)> Attributes(Window window)
    {
        var (kernel, stride, dilation, before) = (window.Kernel, window.Stride, window.Dilation, window.Before);
        var bottom = Overhang(window.Output.Height, kernel.Height, stride.Height, dilation.Height, window.Input.Height + before.Height);
        var right = Overhang(window.Output.Width, kernel.Width, stride.Width, dilation.Width, window.Input.Width + before.Width);
        return Attributes(kernel, stride, dilation, (before.Height, bottom, before.Width, right));
    }

    private static IEnumerable<(string Name, object Value)> Attributes(IWindowed layer, (int Top, int Bottom, int Left, int Right) pads) =>
        Attributes(layer.Kernel, layer.Stride, layer.Dilation, pads);

    private static IEnumerable<(string Name, object Value)> Attributes(
        Size2D kernel, Size2D stride, Size2D dilation, (int Top, int Bottom, int Left, int Right) pads)
    {
        yield return ("kernel_shape", Lengths(kernel));
        yield return ("strides", Lengths(stride));
        if (dilation != 1)
        {
            yield return ("dilations", Lengths(dilation));
        }

        if (pads != default)
        {
            yield return ("pads", new long[] { pads.Top, pads.Left, pads.Bottom, pads.Right });
        }
    }

    private static string Pad(OnnxNodes nodes, string x, (int Top, int Bottom, int Left, int Right) pads, string mode) => nodes.Add(
        "Pad", [x, nodes.Constant("Padding", 0, 0, pads.Top, pads.Left, 0, 0, pads.Bottom, pads.Right)], ("mode", mode));

    private static (int Top, int Bottom, int Left, int Right) Pads(IWindowed layer, Padding padding, Shape images) =>
        padding.Around((images[2], images[3]), layer.Kernel, layer.Stride, layer.Dilation);

    // The padding, extended if the last window reaches further: ceil_mode of ONNX Runtime defines the last window differently from PyTorch.
    private static (int Top, int Bottom, int Left, int Right) Extended(IWindowed layer, (int Top, int Bottom, int Left, int Right) pads, OnnxNodes nodes)
    {
        var (x, y) = (nodes.InputShape, nodes.OutputShape);
        var bottom = Overhang(y[2], layer.Kernel.Height, layer.Stride.Height, layer.Dilation.Height, x[2] + pads.Top);
        var right = Overhang(y[3], layer.Kernel.Width, layer.Stride.Width, layer.Dilation.Width, x[3] + pads.Left);
        return (pads.Top, Math.Max(bottom, pads.Bottom), pads.Left, Math.Max(right, pads.Right));
    }

    // How far the last window extends past this length.
    private static int Overhang(int positions, int kernel, int stride, int dilation, int length) =>
        Math.Max(0, (positions - 1) * stride + dilation * (kernel - 1) + 1 - length);

    private static long[] Lengths(Size2D size) => [size.Height, size.Width];
}
