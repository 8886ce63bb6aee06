namespace DeepNotes;

/// <summary>
/// The last step of a sequence, [N, T, features] to [N, features]: a recurrent layer's state after the whole sequence.
/// dx is dy at that step, 0 before. The second half of a <see cref="Bidirectional"/> output has seen only this step.
/// </summary>
public sealed class LastStep : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Shape.Count == 3 && x.Length > 0
        ? x.Slice(1, x.Shape[1] - 1, 1).Reshape(x.Shape[0], x.Shape[2])
        : throw new ShapeException($"{this}: expected [N, T, features] of at least one step, got {x.Shape}.");
}
