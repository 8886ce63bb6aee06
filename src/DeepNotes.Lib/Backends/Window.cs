namespace DeepNotes.Backends;

/// <summary>
/// How a kernel slides over images [N, C, H, W]: at output (i, j) its tap (p, q) reads row
/// <c>i·stride + p·dilation - top</c> and column <c>j·stride + q·dilation - left</c>; outside of the image there is padding.
/// </summary>
/// <param name="Images">N, the number of images.</param>
/// <param name="Channels">C, the number of channels.</param>
/// <param name="Input">Height and width of an image.</param>
/// <param name="Output">Height and width of the output.</param>
/// <param name="Kernel">Height and width of the kernel.</param>
/// <param name="Stride">The step from one position to the next.</param>
/// <param name="Dilation">The step from one tap to the next.</param>
/// <param name="Before">Rows of padding above and columns to the left.</param>
public readonly record struct Window(
    int Images, int Channels, Size2D Input, Size2D Output, Size2D Kernel, Size2D Stride, Size2D Dilation, Size2D Before)
{
    /// <summary>C·KH·KW: the values that one output position sees.</summary>
    public int Taps => Channels * Kernel.Area;

    /// <summary>The window over images of this shape.</summary>
    /// <param name="operation">Named in errors.</param>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="kernel">Height and width of the kernel.</param>
    /// <param name="stride">The step from one position to the next.</param>
    /// <param name="padding">What surrounds the images.</param>
    /// <param name="dilation">The step from one tap to the next.</param>
    /// <param name="coversAll">Whether a last position that only partly fits counts, so that no input is left out.</param>
    /// <exception cref="ShapeException">No images, or the kernel is larger than the padded image.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A kernel, stride or dilation below 1, or a negative padding.</exception>
    public static Window Over(
        string operation, Shape images, Size2D kernel, Size2D stride, Padding padding, Size2D dilation, bool coversAll = false)
    {
        if (images.Count != 4 || images.Elements == 0)
        {
            throw new ShapeException($"{operation}: expected images [N, C, H, W] of at least one value, got {images}.");
        }

        kernel.Positive(operation, nameof(kernel));
        stride.Positive(operation, nameof(stride));
        dilation.Positive(operation, nameof(dilation));
        padding.NotNegative(operation, nameof(padding));
        var input = new Size2D(images[2], images[3]);
        var (top, bottom, left, right) = padding.Around(input, kernel, stride, dilation);
        var output = new Size2D(
            Positions(input.Height, top, bottom, kernel.Height, stride.Height, dilation.Height, coversAll),
            Positions(input.Width, left, right, kernel.Width, stride.Width, dilation.Width, coversAll));
        return output is { Height: > 0, Width: > 0 }
            ? new Window(images[0], images[1], input, output, kernel, stride, dilation, new Size2D(top, left))
            : throw new ShapeException(
                $"{operation}: a kernel {kernel} with dilation {dilation} is larger than an image {input} with padding {padding}.");
    }

    // ⌊(n + before + after - reach)/stride⌋ + 1, where a kernel reaches over dilation·(k - 1) + 1 values.
    private static int Positions(int n, int before, int after, int kernel, int stride, int dilation, bool coversAll)
    {
        var room = (long)n + before + after - ((long)dilation * (kernel - 1) + 1);
        if (room < 0)
        {
            return 0;
        }

        var positions = (int)(room / stride) + 1;
        var hasMore = coversAll && room % stride != 0 && positions * stride < n + before;
        return hasMore ? positions + 1 : positions;
    }
}

/// <summary>A convolution: <paramref name="Count"/> filters that slide over images, in groups of channels.</summary>
/// <param name="Window">How a kernel slides.</param>
/// <param name="Count">F, the output channels.</param>
/// <param name="Groups">Groups of channels that are convolved separately.</param>
public readonly record struct Filters(Window Window, int Count, int Groups)
{
    /// <summary>Filters of one group.</summary>
    public int PerGroup => Count / Groups;

    /// <summary>Channels that one filter sees.</summary>
    public int ChannelsEach => Window.Channels / Groups;

    /// <summary>Weights of one filter.</summary>
    public int WeightsEach => ChannelsEach * Window.Kernel.Area;
}
