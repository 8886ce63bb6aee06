namespace DeepNotes;

/// <summary>
/// Losses: functions of what a network says and what is true, to a scalar. Every loss has a form of two arguments,
/// which a <see cref="Trainer"/> takes by name, and one with its settings. All take scores, never probabilities, unless
/// they say so.
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
