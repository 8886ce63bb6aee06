namespace DeepNotes;

/// <summary>
/// Losses: functions of what a network says and what is true, to a scalar, the mean over the batch. Each has its
/// gradient written beside its value.
/// </summary>
public static class Loss
{
    /// <summary>
    /// Cross-entropy of scores z [N, C] against labels t: L = -1/N Σₙ ln softmax(zₙ)[tₙ]. Takes scores, not
    /// probabilities, so that nothing overflows. dz = (softmax(z) - onehot(t)) / N.
    /// </summary>
    /// <exception cref="ShapeException">Scores that are no [N, C], or another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label outside 0 … C-1.</exception>
    public static Tensor CrossEntropy(Tensor scores, int[] labels)
    {
        if (scores.Shape.Count != 2 || scores.Length == 0)
        {
            throw new ShapeException($"CrossEntropy: expected scores [N, C] of at least one sample, got {scores.Shape}.");
        }

        Labels.Check("CrossEntropy", labels, scores.Shape[0], scores.Shape[1]);
        Tensor logProbabilities;
        using (Recording.Pause())
        {
            logProbabilities = scores.LogSoftmax();
        }

        return Tensor.Record("CrossEntropy", -logProbabilities.Pick(labels).Mean(), [scores], dy =>
        {
            var oneHot = Tensor.OneHot(labels, scores.Shape[1]).To(scores.Device);
            return [(logProbabilities.Exp() - oneHot) * (dy / labels.Length)];
        });
    }

    /// <summary>
    /// Cross-entropy of scores z [N, C] against distributions t [N, C], one-hot or soft: L = -1/N Σₙ Σᵢ tₙᵢ ln softmax(zₙ)ᵢ.
    /// dz = (softmax(z)·Σᵢ tᵢ - t) / N, which is (softmax(z) - t) / N where each row of t adds up to 1.
    /// </summary>
    /// <exception cref="ShapeException">Scores that are no [N, C], or targets of another shape.</exception>
    public static Tensor SoftCrossEntropy(Tensor scores, Tensor targets) =>
        scores.Shape.Count == 2 && scores.Length > 0 && scores.Shape == targets.Shape
            ? (scores.LogSoftmax() * targets).Sum() * (-1f / scores.Shape[0])
            : throw new ShapeException($"SoftCrossEntropy: expected scores [N, C] and targets of the same shape, got {scores.Shape} and {targets.Shape}.");

    /// <summary>Mean squared error: L = 1/M Σ (y - t)² over all M elements. dy = 2(y - t)/M.</summary>
    /// <exception cref="ShapeException">The shapes differ: a broadcast here is nearly always a mistake.</exception>
    public static Tensor MeanSquaredError(Tensor y, Tensor target) => y.Shape == target.Shape
        ? (y - target).Square().Mean()
        : throw new ShapeException($"MeanSquaredError: expected targets {y.Shape}, got {target.Shape}.");
}
