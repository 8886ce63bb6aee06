namespace DeepNotes;

/// <summary>
/// The largest value of each window of [N, C, H, W]; the gradient goes to its position, the first of equal values.
/// The stride is the kernel's size unless given. With <paramref name="coversAll"/> a last window may extend past the edge.
/// </summary>
public sealed class MaxPool2d(Size2D kernel, Size2D? stride = null, Padding padding = default, bool coversAll = false) : Layer, IWindowed
{
    /// <inheritdoc/>
    public Size2D Kernel { get; } = kernel.Positive(nameof(MaxPool2d), nameof(kernel));

    /// <inheritdoc/>
    public Size2D Stride { get; } = (stride ?? kernel).Positive(nameof(MaxPool2d), nameof(stride));

    /// <inheritdoc/>
    public Size2D Dilation => 1;

    /// <summary>The padding around the images; it is never the maximum.</summary>
    public Padding Padding { get; } = padding.AtMostHalf(kernel, nameof(MaxPool2d), nameof(padding));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.MaxPool(Kernel, Stride, Padding, 1, coversAll);

    /// <inheritdoc/>
    public override string ToString() => $"MaxPool2d({Kernel}, stride {Stride})";
}
