namespace DeepNotes;

public static partial class Loss
{
    // PyTorch's ignore_index.
    private const int IgnoredLabel = -100;

    /// <summary>
    /// Cross-entropy of scores z [N, C] against labels t: L = -1/N Σₙ ln softmax(zₙ)[tₙ]. Takes scores, not
    /// probabilities, so that nothing overflows. dz = (softmax(z) - onehot(t)) / N. Samples with the label -100 do not count, as
    /// in PyTorch: N is the number of the others, and the loss is NaN where there are none.
    /// </summary>
    /// <exception cref="ShapeException">Scores that are not [N, C], or another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label that is neither in 0 … C-1 nor -100.</exception>
    public static Tensor CrossEntropy(Tensor scores, int[] labels) => CrossEntropy(scores, labels, labelSmoothing: 0);

    /// <summary>
    /// Cross-entropy with settings: L = -1/Σₙw[tₙ] Σₙ Σᵢ qₙᵢ ln softmax(zₙ)ᵢ, with q = (1 - ε)·w[tₙ] at the label plus
    /// ε·wᵢ/C everywhere. dz = (softmax(z)·Σᵢ qₙᵢ - q) / Σₙ w[tₙ].
    /// </summary>
    /// <param name="scores">z [N, C].</param>
    /// <param name="labels">t [N], each 0 … C-1.</param>
    /// <param name="labelSmoothing">ε in [0, 1): the share of the target distribution that is spread over all classes (Szegedy et al. 2016).</param>
    /// <param name="classWeights">w [C]; all 1 unless given. A mean divides by the weights of the labels, as in PyTorch.</param>
    /// <param name="ignoreIndex">
    /// Samples with this label do not count: padding, for example. -100 as in PyTorch unless given. A mean is over what counts;
    /// where nothing does it is NaN, with a gradient of zeros.
    /// </param>
    /// <param name="reduction">Mean, sum, or one loss [N] for each sample.</param>
    /// <exception cref="ShapeException">Scores that are not [N, C], or another number of labels or weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label, ε or a weight out of range.</exception>
    public static Tensor CrossEntropy(
        Tensor scores, int[] labels, float labelSmoothing, float[]? classWeights = null, int ignoreIndex = IgnoredLabel, Reduction reduction = Reduction.Mean)
    {
        Check.BelowOne(labelSmoothing, "CrossEntropy");
        var truth = new WeightedLabels("CrossEntropy", scores, labels, classWeights, ignoreIndex);
        if (truth.AllIgnored && reduction == Reduction.Mean)
        {
            return MeanOfNone(scores);
        }

        var loss = labelSmoothing == 0
            ? OfLabels(truth, reduction)
            : Reduce(-(truth.Scores.LogSoftmax() * truth.Targets(labelSmoothing)).Sum(1), reduction, truth.Total);
        return reduction == Reduction.None ? truth.Scatter(loss) : loss;
    }

    // 0/0, with a gradient of zeros.
    private static Tensor MeanOfNone(Tensor scores) => scores.Sum() * 0 + float.NaN;

    // Softmax, its logarithm at the label and the sum, fused: dz = w·(softmax(z) - onehot(t))·share.
    private static Tensor OfLabels(WeightedLabels truth, Reduction reduction)
    {
        var (scores, labels, weights) = (truth.Scores, truth.Labels, truth.WeightTensor());
        var (classes, backend) = (scores.Shape[1], scores.Backend);
        var (distances, terms) = (Tensor.Empty(scores.Shape, scores.Device), Tensor.Empty([labels.Length], scores.Device));
        backend.CrossEntropy(scores.Buffer, labels, weights?.Buffer, distances.Buffer, terms.Buffer, classes);
        return Tensor.Record("CrossEntropy", Reduce(terms, reduction, truth.Total), [scores], dy =>
        {
            var share = reduction == Reduction.Mean ? 1 / truth.Total : 1;
            if (Recording.IsOn)
            {
                var dTerms = truth.Weigh((share * dy).Reshape(-1).Expand([labels.Length]));
                return [Tensor.LogSoftmaxGradient(scores.LogSoftmax(), Tensor.OneHot(labels, classes).To(scores.Device) * Column(-dTerms))];
            }

            var dz = Tensor.Empty(scores.Shape, scores.Device);
            backend.CrossEntropyGradient(distances.Buffer, weights?.Buffer, dy.Buffer, share, dz.Buffer, classes);
            return [dz];
        });
    }

    /// <inheritdoc cref="SoftCrossEntropy(Tensor, Tensor, Reduction)"/>
    public static Tensor SoftCrossEntropy(Tensor scores, Tensor targets) => SoftCrossEntropy(scores, targets, Reduction.Mean);

    /// <summary>
    /// Cross-entropy of scores z [N, C] against distributions t [N, C], one-hot or soft: L = -1/N Σₙ Σᵢ tₙᵢ ln softmax(zₙ)ᵢ.
    /// dz = (softmax(z)·Σᵢ tᵢ - t) / N, which is (softmax(z) - t) / N where each row of t adds up to 1.
    /// </summary>
    /// <exception cref="ShapeException">Scores that are not [N, C], or targets of another shape.</exception>
    public static Tensor SoftCrossEntropy(Tensor scores, Tensor targets, Reduction reduction)
    {
        Expect.Rows("SoftCrossEntropy", scores);
        Expect.SameShape("SoftCrossEntropy", scores, targets);
        return Reduce(-(scores.LogSoftmax() * targets).Sum(1), reduction);
    }

    /// <summary>Negative log-likelihood of log-probabilities l [N, C] at labels t: L = -1/N Σₙ lₙ[tₙ]. dl = -onehot(t)/N.</summary>
    /// <exception cref="ShapeException">Log-probabilities that are not [N, C], or another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label outside 0 … C-1.</exception>
    public static Tensor NegativeLogLikelihood(Tensor logProbabilities, int[] labels) =>
        NegativeLogLikelihood(logProbabilities, labels, classWeights: null);

    /// <summary>
    /// Negative log-likelihood with settings: L = -1/Σₙw[tₙ] Σₙ w[tₙ]·lₙ[tₙ]; the settings are those of
    /// <see cref="CrossEntropy(Tensor, int[], float, float[], int, Reduction)"/>, which is this after a log-softmax.
    /// </summary>
    /// <exception cref="ShapeException">Log-probabilities that are not [N, C], or another number of labels or weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or a weight out of range.</exception>
    public static Tensor NegativeLogLikelihood(
        Tensor logProbabilities, int[] labels, float[]? classWeights, int ignoreIndex = IgnoredLabel, Reduction reduction = Reduction.Mean)
    {
        var truth = new WeightedLabels("NegativeLogLikelihood", logProbabilities, labels, classWeights, ignoreIndex);
        if (truth.AllIgnored && reduction == Reduction.Mean)
        {
            return MeanOfNone(logProbabilities);
        }

        var loss = Reduce(truth.Weigh(-truth.Scores.Pick(truth.Labels)), reduction, truth.Total);
        return reduction == Reduction.None ? truth.Scatter(loss) : loss;
    }
}
