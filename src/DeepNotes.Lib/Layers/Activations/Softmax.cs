namespace DeepNotes;

/// <summary>
/// Scores [N, C] to probabilities, yᵢ = eˣⁱ / Σₖ eˣᵏ. For looking at predictions: training uses
/// <see cref="Loss.CrossEntropy(Tensor, int[])"/>, which takes the scores themselves.
/// </summary>
public sealed class Softmax : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softmax();
}

/// <summary>Scores [N, C] to log-probabilities, xᵢ - ln Σₖ eˣᵏ.</summary>
public sealed class LogSoftmax : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LogSoftmax();
}
