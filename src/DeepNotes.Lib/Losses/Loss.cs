namespace DeepNotes;

/// <summary>
/// Losses: functions from a network's outputs and the targets to a scalar. Every loss has an overload of two arguments, to be
/// passed to a <see cref="Trainer"/> by name, and one with its settings. All take scores (logits), not probabilities, unless
/// stated otherwise.
/// </summary>
public static partial class Loss
{
    // Mean divides by the number of terms, or by the sum of their weights where they have some.
    private static Tensor Reduce(Tensor terms, Reduction reduction, float? weight = null) => reduction switch
    {
        Reduction.Mean => terms.Sum() / (weight ?? terms.Length),
        Reduction.Sum => terms.Sum(),
        _ => terms,
    };

    private static Tensor Column(Tensor values) => values.Reshape(values.Length, 1);
}

/// <summary>How the terms of a batch are reduced.</summary>
public enum Reduction
{
    /// <summary>Their mean, so that the size of a step does not depend on the size of the batch.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The terms themselves, one for each sample or element.</summary>
    None,
}
