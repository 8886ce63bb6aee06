namespace DeepNotes;

public static partial class Loss
{
    /// <inheritdoc cref="BinaryCrossEntropy(Tensor, Tensor, float, Reduction)"/>
    public static Tensor BinaryCrossEntropy(Tensor scores, Tensor targets) => BinaryCrossEntropy(scores, targets, positiveWeight: 1);

    /// <summary>
    /// Cross-entropy of independent yes-or-no scores z against targets t in [0, 1] of the same shape:
    /// L = -1/M Σ (w·t·ln σ(z) + (1 - t)·ln(1 - σ(z))), with ln σ(z) = -softplus(-z), so that nothing overflows.
    /// dz = ((1 - t)·σ(z) - w·t·(1 - σ(z)))/M, which is (σ(z) - t)/M at w = 1.
    /// </summary>
    /// <param name="scores">z, of any shape.</param>
    /// <param name="targets">t: 1 for yes, 0 for no, or a probability.</param>
    /// <param name="positiveWeight">w &gt; 1 if yes is rare.</param>
    /// <param name="reduction">Mean over all M elements, sum, or the elements.</param>
    /// <exception cref="ShapeException">No elements, or shapes that differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target outside [0, 1], or a weight that is not positive.</exception>
    public static Tensor BinaryCrossEntropy(Tensor scores, Tensor targets, float positiveWeight, Reduction reduction = Reduction.Mean)
    {
        Expect.SameShape("BinaryCrossEntropy", scores, targets);
        Expect.Probabilities("BinaryCrossEntropy", targets);
        Check.Positive(positiveWeight, "BinaryCrossEntropy");
        var (yes, no) = ((-scores).Map<Functions.Softplus>(), scores.Map<Functions.Softplus>());
        return Reduce(targets * yes * positiveWeight + (1 - targets) * no, reduction);
    }
}
