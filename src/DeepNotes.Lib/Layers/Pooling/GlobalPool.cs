namespace DeepNotes;

/// <summary>The mean of each channel: [N, C, H, W] to [N, C], in place of large linear layers (Lin et al. 2014).</summary>
public sealed class GlobalAveragePool : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Shape.Count == 4 && x.Length > 0
        ? x.Reshape(x.Shape[0], x.Shape[1], -1).Mean(2)
        : throw new ShapeException($"{this}: expected images [N, C, H, W] of at least one value, got {x.Shape}.");
}

/// <summary>The largest value of each channel: [N, C, H, W] to [N, C].</summary>
public sealed class GlobalMaxPool : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Shape.Count == 4 && x.Length > 0
        ? x.MaxPool((x.Shape[2], x.Shape[3])).Reshape(x.Shape[0], x.Shape[1])
        : throw new ShapeException($"{this}: expected images [N, C, H, W] of at least one value, got {x.Shape}.");
}
