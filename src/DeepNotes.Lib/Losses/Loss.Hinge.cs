namespace DeepNotes;

public static partial class Loss
{
    /// <inheritdoc cref="Hinge(Tensor, int[], float, int, Reduction)"/>
    public static Tensor Hinge(Tensor scores, int[] labels) => Hinge(scores, labels, margin: 1);

    /// <summary>
    /// The multi-class hinge, or SVM loss, of scores z [N, C]: L = 1/N Σₙ Σ_{j≠t} max(0, zⱼ - z_t + margin)ᵖ
    /// (Weston and Watkins 1999; CS231n). PyTorch's multi_margin_loss divides this by C. At p = 1, dz is 1/N at each
    /// class within the margin and minus their number over N at the label.
    /// </summary>
    /// <param name="scores">z [N, C].</param>
    /// <param name="labels">t [N], each 0 … C-1.</param>
    /// <param name="margin">The distance by which the label's score should exceed every other.</param>
    /// <param name="power">p: 1, or 2 for the squared hinge.</param>
    /// <param name="reduction">Mean, sum, or one loss [N] for each sample.</param>
    /// <exception cref="ShapeException">Scores that are not [N, C], or another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label out of range, a margin that is not positive, or another power.</exception>
    public static Tensor Hinge(Tensor scores, int[] labels, float margin, int power = 1, Reduction reduction = Reduction.Mean)
    {
        var truth = new WeightedLabels("Hinge", scores, labels);
        Check.Positive(margin, "Hinge");
        Check.That(power is 1 or 2, power, "Hinge", nameof(power), "1 or 2");
        var excess = (scores - Column(scores.Pick(labels)) + margin).ReLU();
        var others = 1 - truth.Targets(smoothing: 0);
        return Reduce(((power == 2 ? excess.Square() : excess) * others).Sum(1), reduction);
    }
}
