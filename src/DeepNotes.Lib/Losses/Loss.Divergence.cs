using DeepNotes.Functions;

namespace DeepNotes;

public static partial class Loss
{
    /// <inheritdoc cref="Entropy(Tensor, Reduction)"/>
    public static Tensor Entropy(Tensor scores) => Entropy(scores, Reduction.Mean);

    /// <summary>
    /// Entropy in nats of the distributions given by scores z [N, C]: L = -1/N Σₙ Σᵢ pₙᵢ ln pₙᵢ with p = softmax(zₙ), from
    /// 0 where one class has probability 1, to ln C where all are equal. As a penalty on certainty it is subtracted from a loss (Pereyra et
    /// al. 2017). dzᵢ = -pᵢ(ln pᵢ + H)/N = pᵢ(Σⱼ pⱼzⱼ - zᵢ)/N. Of probabilities it is <see cref="Tensor.Entropy"/>.
    /// </summary>
    /// <exception cref="ShapeException">Scores that are not [N, C].</exception>
    public static Tensor Entropy(Tensor scores, Reduction reduction)
    {
        Expect.Rows("Entropy", scores);
        Tensor terms;
        using (Recording.Pause())
        {
            terms = -(scores.Softmax() * Finite(scores.LogSoftmax())).Sum(1);
        }

        // Scores less the largest: what comes through p and what comes through ln p would cancel, and so would ln p and H.
        return Reduce(
            Tensor.Record("Entropy", terms, [scores], dy =>
            {
                var (p, z) = (scores.Softmax(), Finite(scores - scores.Detach().Max(1, keepAxis: true)));
                return [p * ((p * z).Sum(1, keepAxis: true) - z) * Column(dy)];
            }),
            reduction);

        // What a probability that is 0 is multiplied with, so that the product is 0, also where a score is -∞.
        static Tensor Finite(Tensor logarithms) => logarithms.Clamp(low: float.MinValue);
    }

    /// <inheritdoc cref="KullbackLeibler(Tensor, Tensor, Reduction)"/>
    public static Tensor KullbackLeibler(Tensor logProbabilities, Tensor targets) =>
        KullbackLeibler(logProbabilities, targets, Reduction.Mean);

    /// <summary>
    /// Kullback-Leibler divergence from distributions p [N, C] to log-probabilities ln q [N, C]:
    /// L = 1/N Σₙ Σᵢ pₙᵢ (ln pₙᵢ - ln qₙᵢ), with 0·ln 0 = 0. It is the cross-entropy less the entropy of p, 0 only where
    /// q = p. d(ln q) = -p/N; dp = (ln p + 1 - ln q)/N. PyTorch's kl_div with "batchmean".
    /// </summary>
    /// <exception cref="ShapeException">Log-probabilities that are not [N, C], or targets of another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability outside [0, 1].</exception>
    public static Tensor KullbackLeibler(Tensor logProbabilities, Tensor targets, Reduction reduction)
    {
        Expect.Rows("KullbackLeibler", logProbabilities, "log-probabilities [N, C]");
        Expect.SameShape("KullbackLeibler", logProbabilities, targets);
        Expect.Probabilities("KullbackLeibler", targets);
        return Reduce((targets.Map<XLogX>() - targets * logProbabilities).Sum(1), reduction);
    }

    /// <summary>
    /// Distillation from the scores v of a teacher as well as from labels: L = α·T²·KL(softmax(v/T) ‖ softmax(z/T)) +
    /// (1 - α)·CE(z, t). A temperature T above 1 shows how the teacher ranks the wrong classes; T² preserves the gradient's
    /// size, which falls as 1/T² (Hinton, Vinyals, Dean 2015). The teacher gets no gradient.
    /// dz = α·T·(softmax(z/T) - softmax(v/T))/N + (1 - α)·(softmax(z) - onehot(t))/N.
    /// </summary>
    /// <param name="scores">The student's z [N, C].</param>
    /// <param name="teacherScores">The teacher's v [N, C].</param>
    /// <param name="labels">t [N], each 0 … C-1.</param>
    /// <param name="temperature">T.</param>
    /// <param name="alpha">α in [0, 1], the teacher's share.</param>
    /// <param name="reduction">Mean, sum, or one loss [N] for each sample.</param>
    /// <exception cref="ShapeException">Scores that are not [N, C], or a teacher's of another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label, T or α out of range.</exception>
    public static Tensor Distillation(
        Tensor scores, Tensor teacherScores, int[] labels, float temperature = 4, float alpha = 0.9f, Reduction reduction = Reduction.Mean)
    {
        Expect.Rows("Distillation", scores);
        Expect.SameShape("Distillation", scores, teacherScores, "the teacher's scores");
        Check.Positive(temperature, "Distillation");
        Check.InZeroToOne(alpha, "Distillation");
        var (teacher, student) = ((teacherScores.Detach() / temperature).LogSoftmax(), (scores / temperature).LogSoftmax());
        var fromTeacher = Reduce((teacher.Exp() * (teacher - student)).Sum(1), reduction, scores.Shape[0]);
        var fromLabels = CrossEntropy(scores, labels, labelSmoothing: 0, reduction: reduction);
        return alpha * temperature * temperature * fromTeacher + (1 - alpha) * fromLabels;
    }
}
