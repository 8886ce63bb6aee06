namespace DeepNotes;

/// <summary>
/// Scores [N, C] to probabilities, yᵢ = eˣⁱ / Σₖ eˣᵏ. For inspecting predictions; training uses
/// <see cref="Loss.CrossEntropy(Tensor, int[])"/>, which takes the scores themselves.
/// </summary>
/// <param name="temperature">T, which divides the scores: above 1 the probabilities are more alike, towards 0 the largest approaches 1.</param>
/// <exception cref="ArgumentOutOfRangeException">T is not positive and finite.</exception>
public sealed class Softmax(float temperature = 1) : Layer
{
    /// <summary>T.</summary>
    public float Temperature { get; } = Check.Positive(temperature, nameof(Softmax));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softmax(temperature: Temperature);
}

/// <summary>Scores [N, C] to log-probabilities, xᵢ - ln Σₖ eˣᵏ.</summary>
/// <param name="temperature">T, which divides the scores.</param>
/// <exception cref="ArgumentOutOfRangeException">T is not positive and finite.</exception>
public sealed class LogSoftmax(float temperature = 1) : Layer
{
    /// <summary>T.</summary>
    public float Temperature { get; } = Check.Positive(temperature, nameof(LogSoftmax));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LogSoftmax(temperature: Temperature);
}
