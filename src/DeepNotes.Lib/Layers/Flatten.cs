namespace DeepNotes;

/// <summary>[N, …] to [N, D]: everything but the batch in one row; dx is dy in x's shape.</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Shape.Count > 0
        ? x.Reshape(x.Shape[0], x.Shape[0] == 0 ? 0 : x.Length / x.Shape[0])
        : throw new ShapeException("Flatten: expected [N, …], got a scalar.");
}
