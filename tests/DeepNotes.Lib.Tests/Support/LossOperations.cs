namespace DeepNotes.Tests.Support;

/// <summary>Every loss with its settings, named as in Golden/losses.py.</summary>
public static class LossOperations
{
    private static readonly int[] Labels5 = [1, 0, 6, 3, 3];
    private static readonly int[] WithIgnored = [1, -100, 6, -100, 3];
    private static readonly int[] Labels3 = [16, 0, 7];
    private static readonly float[] Weights7 = [.5f, 2, 0, 1.25f, 3, 1, .25f];
    private static readonly bool[] Similar = [true, false, false, true, false];

    private static Tensor Binary => Tensor.From([1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0], [5, 3]);

    private static Tensor Teacher => Tensor.Linspace(-3, 3, 35).Reshape(5, 7);

    private static Tensor Distribution => Tensor.From([0, .25f, .75f, 1, 0, 0], [2, 3]);

    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> Rows { get; } =
        new Dictionary<string, Func<IReadOnlyList<Tensor>, Tensor>>
        {
            ["MeanSquaredError sum"] = x => Loss.MeanSquaredError(x[0], x[1], Reduction.Sum),
            ["MeanSquaredError terms"] = x => Loss.MeanSquaredError(x[0], x[1], Reduction.None),
            ["MeanAbsoluteError"] = x => Loss.MeanAbsoluteError(x[0], x[1]),
            ["MeanAbsoluteError sum"] = x => Loss.MeanAbsoluteError(x[0], x[1], Reduction.Sum),
            ["Huber"] = x => Loss.Huber(x[0], x[1]),
            ["Huber delta"] = x => Loss.Huber(x[0], x[1], delta: .3f),
            ["Huber sum of one"] = x => Loss.Huber(x[0], x[1], 1, Reduction.Sum),
            ["BinaryCrossEntropy"] = x => Loss.BinaryCrossEntropy(x[0], Binary),
            ["BinaryCrossEntropy soft"] = x => Loss.BinaryCrossEntropy(x[0], x[1]),
            ["BinaryCrossEntropy weighted sum"] = x => Loss.BinaryCrossEntropy(x[0], Binary, positiveWeight: 2.5f, Reduction.Sum),
            ["BinaryCrossEntropy far"] = x => Loss.BinaryCrossEntropy(x[0], Binary),
            ["CrossEntropy sum"] = x => Loss.CrossEntropy(x[0], Labels5, 0, reduction: Reduction.Sum),
            ["CrossEntropy terms"] = x => Loss.CrossEntropy(x[0], Labels5, 0, reduction: Reduction.None),
            ["CrossEntropy smoothed"] = x => Loss.CrossEntropy(x[0], Labels3, labelSmoothing: .1f),
            ["CrossEntropy weighted"] = x => Loss.CrossEntropy(x[0], Labels5, 0, Weights7),
            ["CrossEntropy ignored"] = x => Loss.CrossEntropy(x[0], WithIgnored, 0, ignoreIndex: -100),
            ["CrossEntropy with everything"] = x => Loss.CrossEntropy(x[0], WithIgnored, .2f, Weights7, -100),
            ["CrossEntropy with everything, terms"] = x => Loss.CrossEntropy(x[0], WithIgnored, .2f, Weights7, -100, Reduction.None),
            ["CrossEntropy with everything, sum"] = x => Loss.CrossEntropy(x[0], WithIgnored, .2f, Weights7, -100, Reduction.Sum),
            ["CrossEntropy of a class of weight 0"] = x => Loss.CrossEntropy(x[0], [2, 1, 2], .2f, Weights7),
            ["CrossEntropy far"] = x => Loss.CrossEntropy(x[0], Labels5, labelSmoothing: .1f),
            ["SoftCrossEntropy sum"] = x => Loss.SoftCrossEntropy(x[0], Teacher.Softmax().Slice(0, 0, 1), Reduction.Sum),
            ["SoftCrossEntropy terms"] = x => Loss.SoftCrossEntropy(x[0], Teacher.Softmax(), Reduction.None),
            ["NegativeLogLikelihood"] = x => Loss.NegativeLogLikelihood(x[0], Labels5),
            ["NegativeLogLikelihood weighted"] = x => Loss.NegativeLogLikelihood(x[0], WithIgnored, Weights7, -100),
            ["NegativeLogLikelihood sum of one"] = x => Loss.NegativeLogLikelihood(x[0], Labels5[..1], null, reduction: Reduction.Sum),
            ["Hinge"] = x => Loss.Hinge(x[0], Labels5),
            ["Hinge squared"] = x => Loss.Hinge(x[0], Labels3, margin: .7f, power: 2),
            ["Hinge terms"] = x => Loss.Hinge(x[0], Labels5, 1, reduction: Reduction.None),
            ["Hinge sum of one"] = x => Loss.Hinge(x[0], Labels5[..1], 1, reduction: Reduction.Sum),
            ["KullbackLeibler"] = x => Loss.KullbackLeibler(x[0], x[1]),
            ["KullbackLeibler with zeros"] = x => Loss.KullbackLeibler(x[0], Distribution, Reduction.Sum),
            ["KullbackLeibler terms"] = x => Loss.KullbackLeibler(x[0], x[1], Reduction.None),
            ["Distillation"] = x => Loss.Distillation(x[0], Teacher, Labels5),
            ["Distillation cold"] = x => Loss.Distillation(x[0], Teacher, Labels5, temperature: .5f, alpha: .3f),
            ["Focal"] = x => Loss.Focal(x[0], Labels5),
            ["Focal weighted"] = x => Loss.Focal(x[0], [4, 2, 1], .5f, Weights7, Reduction.Sum),
            ["Focal terms"] = x => Loss.Focal(x[0], Labels5[..1], 3, reduction: Reduction.None),
            ["BinaryFocal"] = x => Loss.BinaryFocal(x[0], Binary),
            ["BinaryFocal sum"] = x => Loss.BinaryFocal(x[0], Binary, .5f, .6f, Reduction.Sum),
            ["Contrastive"] = x => Loss.Contrastive(x[0], x[1], Similar, margin: 3),
            ["Contrastive terms"] = x => Loss.Contrastive(x[0], x[1], Similar, reduction: Reduction.None),
            ["Triplet"] = x => Loss.Triplet(x[0], x[1], x[2], margin: 2),
            ["Triplet sum of one"] = x => Loss.Triplet(x[0], x[1], x[2], margin: 5, reduction: Reduction.Sum),
            ["Triplet squared"] = x => Loss.Triplet(x[0], x[1], x[2], margin: .5f, isSquared: true),
            ["Center"] = x => Loss.Center(x[0], Labels5, x[1]),
            ["Center sum"] = x => Loss.Center(x[0], Labels5[..1], x[1], Reduction.Sum),
            ["LargeMarginSoftmax 1"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 1),
            ["LargeMarginSoftmax 2"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 2),
            ["LargeMarginSoftmax 3"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 3, reduction: Reduction.Sum),
            ["LargeMarginSoftmax 4"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 4, reduction: Reduction.None),
            ["CrossEntropy ignored by default"] = x => Loss.CrossEntropy(x[0], WithIgnored),
            ["CrossEntropy ignored by default, smoothed"] = x => Loss.CrossEntropy(x[0], WithIgnored, .1f),
            ["CrossEntropy all ignored, sum"] = x => Loss.CrossEntropy(x[0], [-100, -100], 0, reduction: Reduction.Sum),
            ["CrossEntropy all ignored, terms"] = x => Loss.CrossEntropy(x[0], [-100, -100], .1f, reduction: Reduction.None),
            ["NegativeLogLikelihood ignored by default"] = x => Loss.NegativeLogLikelihood(x[0], WithIgnored),
            ["NegativeLogLikelihood ignoring a class"] = x => Loss.NegativeLogLikelihood(x[0], Labels5, Weights7, ignoreIndex: 3),
            ["Entropy of scores"] = x => Loss.Entropy(x[0]),
            ["Entropy of scores, far"] = x => Loss.Entropy(x[0], Reduction.Sum),
            ["Entropy of scores, terms"] = x => Loss.Entropy(x[0], Reduction.None),
            ["LargeMarginSoftmax annealed"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5[..1], 4, annealing: 5),
        };
}
