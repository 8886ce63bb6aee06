namespace DeepNotes;

/// <summary>[N, …] to [N, D]: everything but the batch in one row; dx is dy in x's shape.</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Shape.Count > 0
        ? x.Reshape(x.Shape[0], x.Shape.With(0, 1).Elements)
        : throw new ShapeException("Flatten: expected [N, …], got a scalar.");
}
