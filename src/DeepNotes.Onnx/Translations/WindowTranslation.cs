using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Convolutions and pooling: a kernel that slides over images.</summary>
internal static class WindowTranslation
{
    public static string Write(this Conv2d convolution, OnnxNodes nodes, string x)
    {
        var around = Around(convolution, convolution.Padding, nodes.InputShape);
        if (convolution.PaddingMode == PaddingMode.Replicate)
        {
            (x, around) = (Pad(nodes, x, around, "edge"), default);
        }

        string[] inputs = [x, .. nodes.Weights(convolution.Weight, convolution.Bias)];
        return nodes.Add("Conv", inputs, [.. Attributes(convolution, around), ("group", (long)convolution.Groups)]);
    }

    public static string Write(this MaxPool2d pool, OnnxNodes nodes, string x) =>
        nodes.Add("MaxPool", [x], Attributes(pool, Reached(pool, Around(pool, pool.Padding, nodes.InputShape), nodes)));

    // A last window may hang over the padding, and what it has beyond never counts: then the padding that counts is made of zeros.
    public static string Write(this AveragePool2d pool, OnnxNodes nodes, string x)
    {
        var around = Around(pool, pool.Padding, nodes.InputShape);
        var reached = Reached(pool, around, nodes);
        if (!pool.CountsPadding || reached == around)
        {
            return nodes.Add("AveragePool", [x], [.. Attributes(pool, reached), ("count_include_pad", pool.CountsPadding ? 1L : 0L)]);
        }

        var beyond = (0, reached.Bottom - around.Bottom, 0, reached.Right - around.Right);
        return nodes.Add("AveragePool", [around == default ? x : Pad(nodes, x, around, "constant")], [.. Attributes(pool, beyond), ("count_include_pad", 0L)]);
    }

    /// <summary>Images to columns: a convolution with a kernel for each tap, which is 1 there.</summary>
    public static string Unfold(OnnxNodes nodes, string x, Window window)
    {
        var (taps, area) = (window.Taps, window.Kernel.Area);
        var kernels = new float[taps * area];
        for (var tap = 0; tap < taps; tap++)
        {
            kernels[tap * area + tap % area] = 1;
        }

        var weights = nodes.Constant("Taps", Tensor.From(kernels, [taps, 1, window.Kernel.Height, window.Kernel.Width]));
        var places = nodes.Add("Conv", [x, weights], [.. Attributes(window), ("group", (long)window.Channels)]);
        return nodes.Add("Reshape", [places, nodes.Constant("Shape", 0, taps, -1)]);
    }

    /// <summary>The attributes of a window over images of this size.</summary>
    public static IEnumerable<(string Name, object Value)> Attributes(Window window)
    {
        var (kernel, stride, dilation, before) = (window.Kernel, window.Stride, window.Dilation, window.Before);
        var bottom = Beyond(window.Output.Height, kernel.Height, stride.Height, dilation.Height, window.Input.Height + before.Height);
        var right = Beyond(window.Output.Width, kernel.Width, stride.Width, dilation.Width, window.Input.Width + before.Width);
        return Attributes(kernel, stride, dilation, (before.Height, bottom, before.Width, right));
    }

    private static IEnumerable<(string Name, object Value)> Attributes(IWindowed layer, (int Top, int Bottom, int Left, int Right) around) =>
        Attributes(layer.Kernel, layer.Stride, layer.Dilation, around);

    private static IEnumerable<(string Name, object Value)> Attributes(
        Size2D kernel, Size2D stride, Size2D dilation, (int Top, int Bottom, int Left, int Right) around)
    {
        yield return ("kernel_shape", Lengths(kernel));
        yield return ("strides", Lengths(stride));
        if (dilation != 1)
        {
            yield return ("dilations", Lengths(dilation));
        }

        if (around != default)
        {
            yield return ("pads", new long[] { around.Top, around.Left, around.Bottom, around.Right });
        }
    }

    private static string Pad(OnnxNodes nodes, string x, (int Top, int Bottom, int Left, int Right) around, string mode) => nodes.Add(
        "Pad", [x, nodes.Constant("Padding", 0, 0, around.Top, around.Left, 0, 0, around.Bottom, around.Right)], ("mode", mode));

    private static (int Top, int Bottom, int Left, int Right) Around(IWindowed layer, Padding padding, Shape images) =>
        padding.Around((images[2], images[3]), layer.Kernel, layer.Stride, layer.Dilation);

    // The padding, or more where the last window reaches further: ONNX Runtime's ceil_mode has another last window than PyTorch's.
    private static (int Top, int Bottom, int Left, int Right) Reached(IWindowed layer, (int Top, int Bottom, int Left, int Right) around, OnnxNodes nodes)
    {
        var (x, y) = (nodes.InputShape, nodes.OutputShape);
        var bottom = Beyond(y[2], layer.Kernel.Height, layer.Stride.Height, layer.Dilation.Height, x[2] + around.Top);
        var right = Beyond(y[3], layer.Kernel.Width, layer.Stride.Width, layer.Dilation.Width, x[3] + around.Left);
        return (around.Top, Math.Max(bottom, around.Bottom), around.Left, Math.Max(right, around.Right));
    }

    // How far the last window reaches beyond this length.
    private static int Beyond(int places, int kernel, int stride, int dilation, int length) =>
        Math.Max(0, (places - 1) * stride + dilation * (kernel - 1) + 1 - length);

    private static long[] Lengths(Size2D size) => [size.Height, size.Width];
}
