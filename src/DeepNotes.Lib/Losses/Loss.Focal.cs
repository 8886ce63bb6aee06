namespace DeepNotes;

public static partial class Loss
{
    /// <inheritdoc cref="Focal(Tensor, int[], float, float[], Reduction)"/>
    public static Tensor Focal(Tensor scores, int[] labels) => Focal(scores, labels, gamma: 2);

    /// <summary>
    /// Cross-entropy in which samples that are already classified well count little: L = -1/N Σₙ α[t]·(1 - p_t)^γ·ln p_t, with p =
    /// softmax(zₙ) (Lin et al. 2017, "Focal loss for dense object detection", for several classes). It is the two-class loss of
    /// the log-odds m = z_t - ln Σ_{j≠t} e^zⱼ, with p_t = σ(m): so neither 1 - p_t nor its power nor the gradient loses digits.
    /// </summary>
    /// <param name="scores">z [N, C].</param>
    /// <param name="labels">t [N], each 0 … C-1.</param>
    /// <param name="gamma">γ ≥ 0; at 0 this is cross-entropy.</param>
    /// <param name="alpha">α [C], a weight for each class; a mean divides by N all the same, as in the paper.</param>
    /// <param name="reduction">Mean, sum, or one loss [N] for each sample.</param>
    /// <exception cref="ShapeException">Scores that are not [N, C], or another number of labels or weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label, γ or a weight out of range.</exception>
    public static Tensor Focal(Tensor scores, int[] labels, float gamma, float[]? alpha = null, Reduction reduction = Reduction.Mean)
    {
        var truth = new WeightedLabels("Focal", scores, labels, alpha);
        Check.NotNegative(gamma, "Focal");
        var logOthers = LogSumExp(scores - 1e30f * Tensor.OneHot(labels, scores.Shape[1]).To(scores.Device));
        return Reduce(truth.Weigh(FocalTerms(scores.Pick(labels) - logOthers, gamma)), reduction);
    }

    /// <inheritdoc cref="BinaryFocal(Tensor, Tensor, float, float, Reduction)"/>
    public static Tensor BinaryFocal(Tensor scores, Tensor targets) => BinaryFocal(scores, targets, gamma: 2);

    /// <summary>
    /// The focal loss of independent yes-or-no scores z, with p = σ(z):
    /// L = -1/M Σ (α·t·(1 - p)^γ·ln p + (1 - α)·(1 - t)·p^γ·ln(1 - p)) (Lin et al. 2017).
    /// </summary>
    /// <param name="scores">z, of any shape.</param>
    /// <param name="targets">t of the same shape: 1 for yes, 0 for no.</param>
    /// <param name="gamma">γ ≥ 0: the larger, the less easy samples count.</param>
    /// <param name="alpha">α in [0, 1], the weight of yes; the paper's .25 goes with γ = 2.</param>
    /// <param name="reduction">Mean over all M elements, sum, or the elements.</param>
    /// <exception cref="ShapeException">No elements, or shapes that differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target, γ or α out of range.</exception>
    public static Tensor BinaryFocal(
        Tensor scores, Tensor targets, float gamma, float alpha = 0.25f, Reduction reduction = Reduction.Mean)
    {
        Expect.SameShape("BinaryFocal", scores, targets);
        Expect.Probabilities("BinaryFocal", targets);
        Check.NotNegative(gamma, "BinaryFocal");
        Check.InZeroToOne(alpha, "BinaryFocal");
        var (yes, no) = (FocalTerms(scores, gamma), FocalTerms(-scores, gamma));
        return Reduce(alpha * targets * yes + (1 - alpha) * (1 - targets) * no, reduction);
    }

    // -(1 - p)^γ·ln p with p = σ(m), ln p = -softplus(-m) and ln(1 - p) = -softplus(m).
    private static Tensor FocalTerms(Tensor m, float gamma) =>
        (-gamma * m.Map<Functions.Softplus>()).Exp() * (-m).Map<Functions.Softplus>();

    // ln Σᵢ e^zᵢ of each row [N, C], from what is left after taking the largest away.
    private static Tensor LogSumExp(Tensor scores)
    {
        var largest = scores.Detach().Max(1, keepAxis: true);
        return ((scores - largest).Exp().Sum(1, keepAxis: true).Log() + largest).Reshape(scores.Shape[0]);
    }
}
