namespace DeepNotes;

/// <summary>
/// The mean of each window of [N, C, H, W]; the gradient is shared among its values. The stride is the kernel's size
/// unless given; zeros of the padding count unless told otherwise.
/// </summary>
public sealed class AveragePool2d(
    Size2D kernel, Size2D? stride = null, Padding padding = default, bool coversAll = false, bool countsPadding = true) : Layer, IWindowed
{
    /// <inheritdoc/>
    public Size2D Kernel { get; } = kernel.Positive(nameof(AveragePool2d), nameof(kernel));

    /// <inheritdoc/>
    public Size2D Stride { get; } = (stride ?? kernel).Positive(nameof(AveragePool2d), nameof(stride));

    /// <inheritdoc/>
    public Size2D Dilation => 1;

    /// <summary>The padding around the images.</summary>
    public Padding Padding { get; } = padding.AtMostHalf(kernel, nameof(AveragePool2d), nameof(padding));

    /// <summary>Whether zeros of the padding count; if not, each mean is over the values inside the image.</summary>
    public bool CountsPadding { get; } = countsPadding;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AveragePool(Kernel, Stride, Padding, coversAll, CountsPadding);

    /// <inheritdoc/>
    public override string ToString() => $"AveragePool2d({Kernel}, stride {Stride})";
}
