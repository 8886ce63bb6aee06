namespace DeepNotes;

public static partial class Loss
{
    /// <summary>
    /// Contrastive loss of pairs a, b [N, D], with D = ‖a - b‖: L = 1/N Σₙ D²/2 for a similar pair, max(0, margin - D)²/2
    /// for another (Hadsell, Chopra, LeCun 2006). da = a - b for similar pairs, -(margin - D)(a - b)/D for others within
    /// the margin, each over N; db = -da.
    /// </summary>
    /// <param name="a">[N, D].</param>
    /// <param name="b">[N, D].</param>
    /// <param name="areSimilar">[N]: whether a pair belongs together.</param>
    /// <param name="margin">The minimum distance of the others.</param>
    /// <param name="reduction">Mean, sum, or one loss [N] for each pair.</param>
    /// <exception cref="ShapeException">No pairs, shapes that differ, or a different number of answers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A margin that is not positive.</exception>
    public static Tensor Contrastive(Tensor a, Tensor b, bool[] areSimilar, float margin = 1, Reduction reduction = Reduction.Mean)
    {
        Expect.Rows("Contrastive", a, "points [N, D]");
        Expect.SameShape("Contrastive", a, b, "partners");
        Check.Positive(margin, "Contrastive");
        if (areSimilar.Length != a.Shape[0])
        {
            throw new ShapeException($"Contrastive: expected {a.Shape[0]} answers, one for each pair, got {areSimilar.Length}.");
        }

        var similar = Tensor.From(Array.ConvertAll(areSimilar, isSimilar => isSimilar ? 1f : 0), [areSimilar.Length]).To(a.Device);
        var apart = (margin - Distances(a, b)).ReLU().Square();
        return Reduce((similar * SquaredDistances(a, b) + (1 - similar) * apart) * 0.5f, reduction);
    }

    /// <summary>
    /// Triplet loss of anchors, positives and negatives [N, D]: L = 1/N Σₙ max(0, d(a, p) - d(a, n) + margin), with
    /// d the distance, as in PyTorch, or its square, as in FaceNet (Schroff et al. 2015).
    /// </summary>
    /// <param name="anchors">a [N, D].</param>
    /// <param name="positives">p [N, D], of the anchor's class.</param>
    /// <param name="negatives">n [N, D], of other classes.</param>
    /// <param name="margin">The distance by which the negatives should be farther.</param>
    /// <param name="isSquared">Whether d is the squared distance.</param>
    /// <param name="reduction">Mean, sum, or one loss [N] for each triplet.</param>
    /// <exception cref="ShapeException">No triplets, or shapes that differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A margin that is not positive.</exception>
    public static Tensor Triplet(
        Tensor anchors, Tensor positives, Tensor negatives, float margin = 1, bool isSquared = false, Reduction reduction = Reduction.Mean)
    {
        Expect.Rows("Triplet", anchors, "anchors [N, D]");
        Expect.SameShape("Triplet", anchors, positives, "positives");
        Expect.SameShape("Triplet", anchors, negatives, "negatives");
        Check.Positive(margin, "Triplet");
        var difference = isSquared
            ? SquaredDistances(anchors, positives) - SquaredDistances(anchors, negatives)
            : Distances(anchors, positives) - Distances(anchors, negatives);
        return Reduce((difference + margin).ReLU(), reduction);
    }

    private static Tensor SquaredDistances(Tensor a, Tensor b) => (a - b).Square().Sum(1);

    private static Tensor Distances(Tensor a, Tensor b) => Root(SquaredDistances(a, b));

    // ‖d‖ of ‖d‖², where √ has the slope 1 at 0, so that the gradient of ‖d‖ at d = 0 is 0 and not 0/0.
    private static Tensor Root(Tensor squares)
    {
        var zeros = IsZero(squares);
        return (squares + zeros).Sqrt() - zeros;
    }

    // 1 where a number that is not negative is 0, else 0.
    private static Tensor IsZero(Tensor x) => (-x).Map<Functions.Step>().Detach();

    /// <summary>
    /// Center loss of features x [N, D] with centers c [C, D]: L = 1/N Σₙ ‖xₙ - c[tₙ]‖²/2 (Wen et al. 2016, who sum).
    /// dx = (x - c[t])/N, and each center gets the opposite of its samples' gradients.
    /// <see cref="CenterLoss"/> holds the centers.
    /// </summary>
    /// <exception cref="ShapeException">Features that are not [N, D], centers that are not [C, D], or another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label outside 0 … C-1.</exception>
    public static Tensor Center(Tensor features, int[] labels, Tensor centers, Reduction reduction = Reduction.Mean)
    {
        Expect.Rows("Center", features, "features [N, D]");
        if (centers.Shape.Count != 2 || centers.Shape[1] != features.Shape[1])
        {
            throw new ShapeException($"Center: expected centers [C, {features.Shape[1]}], got {centers.Shape}.");
        }

        Labels.Check("Center", labels, features.Shape[0], centers.Shape[0]);
        return Reduce(SquaredDistances(features, centers.Rows(labels)) * 0.5f, reduction);
    }
}
