namespace DeepNotes;

public static partial class Loss
{
    /// <summary>
    /// Large-margin softmax of features x [N, D] with weights W [C, D] (Liu et al. 2016): cross-entropy of the scores
    /// ‖wⱼ‖‖x‖cos θⱼ, where the label's is made smaller, ‖w‖‖x‖(λ·cos θ + ψ(θ))/(1 + λ), with
    /// ψ(θ) = (-1)ᵏ cos(mθ) - 2k for θ in [kπ/m, (k + 1)π/m]. At m = 1 it is softmax of x·Wᵀ.
    /// </summary>
    /// <param name="features">x [N, D].</param>
    /// <param name="weight">W [C, D].</param>
    /// <param name="labels">t [N], each 0 … C-1.</param>
    /// <param name="margin">m, 1 to 4.</param>
    /// <param name="annealing">λ ≥ 0.</param>
    /// <param name="reduction">Mean, sum, or one loss [N] for each sample.</param>
    /// <exception cref="ShapeException">Features that are not [N, D], weights that are not [C, D], or another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label, m or λ out of range.</exception>
    public static Tensor LargeMarginSoftmax(
        Tensor features, Tensor weight, int[] labels, int margin, float annealing = 0, Reduction reduction = Reduction.Mean)
    {
        const string name = "LargeMarginSoftmax";
        Expect.Rows(name, features, "features [N, D]");
        if (weight.Shape.Count != 2 || weight.Shape[1] != features.Shape[1])
        {
            throw new ShapeException($"{name}: expected weights [C, {features.Shape[1]}], got {weight.Shape}.");
        }

        Labels.Check(name, labels, features.Shape[0], weight.Shape[0]);
        Check.That(margin is >= 1 and <= 4, margin, name, nameof(margin), "1 to 4");
        Check.NotNegative(annealing, name);
        var scores = features.MatMul(weight, transposeB: true);
        var lengths = Lengths(features) * Lengths(weight).Rows(labels);
        var cosine = scores.Pick(labels) / (lengths + IsZero(lengths));
        var lowered = lengths * (MarginCosine(cosine, margin) - cosine) / (1 + annealing);
        var ofLabel = Tensor.OneHot(labels, weight.Shape[0]).To(features.Device);
        return CrossEntropy(scores + ofLabel * Column(lowered), labels, labelSmoothing: 0, reduction: reduction);
    }

    private static Tensor Lengths(Tensor rows) => Root(rows.Square().Sum(1));

    // ψ as a function of c = cos θ: cos(mθ) is the Chebyshev polynomial Tₘ(c), and k counts the limits cos(jπ/m) that c
    // lies below. ψ and its slope are continuous there, so that k may count as a constant.
    private static Tensor MarginCosine(Tensor c, int margin)
    {
        float[] k = [.. c.ToArray().Select(value => (float)Enumerable.Range(1, margin - 1).Count(j => value < Math.Cos(j * Math.PI / margin)))];
        var signs = Tensor.From(Array.ConvertAll(k, count => count % 2 == 0 ? 1f : -1), c.Shape).To(c.Device);
        var square = c.Square();
        var polynomial = margin switch
        {
            1 => c,
            2 => 2 * square - 1,
            3 => c * (4 * square - 3),
            _ => 8 * square * (square - 1) + 1,
        };
        return signs * polynomial - 2 * Tensor.From(k, c.Shape).To(c.Device);
    }
}
