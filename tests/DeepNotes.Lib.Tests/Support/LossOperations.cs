using static DeepNotes.Tests.Support.Mistake;

namespace DeepNotes.Tests.Support;

/// <summary>Every loss and its settings; the cases are named as in Golden/losses.py.</summary>
public static class LossOperations
{
    private static readonly int[] Labels5 = [1, 0, 6, 3, 3];
    private static readonly int[] WithIgnored = [1, -100, 6, -100, 3];
    private static readonly int[] Labels3 = [16, 0, 7];
    private static readonly float[] Weights7 = [.5f, 2, 0, 1.25f, 3, 1, .25f];
    private static readonly bool[] Similar = [true, false, false, true, false];
    private static readonly int[] Labels2 = [0, 2];

    private static Tensor Scores => Tensor.Zeros([2, 3]);

    private static Tensor Empty => Tensor.Zeros([0, 3]);

    private static Tensor Halves => Tensor.Full([2, 3], .5f);

    private static Tensor Binary => Tensor.From([1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0], [5, 3]);

    private static Tensor Teacher => Tensor.Linspace(-3, 3, 35).Reshape(5, 7);

    private static Tensor Distribution => Tensor.From([0, .25f, .75f, 1, 0, 0], [2, 3]);

    public static IReadOnlyList<OperationRow> Rows { get; } =
    [
        new("MeanSquaredError",
            new Cases
            {
                ["MeanSquaredError"] = x => Loss.MeanSquaredError(x[0], x[1]),
                ["MeanSquaredError sum"] = x => Loss.MeanSquaredError(x[0], x[1], Reduction.Sum),
                ["MeanSquaredError terms"] = x => Loss.MeanSquaredError(x[0], x[1], Reduction.None),
            },
            WrongShape("MeanSquaredError: expected targets of shape [4, 1], got [4]", () => Loss.MeanSquaredError(Tensor.Zeros([4, 1]), Tensor.Zeros([4]))),
            WrongShape("MeanSquaredError: expected at least one value, got [0, 3]", () => Loss.MeanSquaredError(Empty, Empty))),
        new("MeanAbsoluteError",
            new Cases
            {
                ["MeanAbsoluteError"] = x => Loss.MeanAbsoluteError(x[0], x[1]),
                ["MeanAbsoluteError sum"] = x => Loss.MeanAbsoluteError(x[0], x[1], Reduction.Sum),
            },
            WrongShape("MeanAbsoluteError: expected targets of shape [2, 3], got [2, 1]", () => Loss.MeanAbsoluteError(Scores, Tensor.Zeros([2, 1]))),
            WrongShape("MeanAbsoluteError: expected at least one value, got [0]", () => Loss.MeanAbsoluteError(Tensor.Zeros([0]), Tensor.Zeros([0])))),
        new("Huber",
            new Cases
            {
                ["Huber"] = x => Loss.Huber(x[0], x[1]),
                ["Huber delta"] = x => Loss.Huber(x[0], x[1], delta: .3f),
                ["Huber sum of one"] = x => Loss.Huber(x[0], x[1], 1, Reduction.Sum),
            },
            WrongNumber("Huber: delta 0: expected a finite number above 0", () => Loss.Huber(Scores, Scores, delta: 0)),
            WrongShape("Huber: expected at least one value, got [0, 3]", () => Loss.Huber(Empty, Empty)),
            WrongShape("Huber: expected at least one value, got [0]", () => Loss.Huber(Tensor.Zeros([0]), Tensor.Zeros([0])))),
        new("BinaryCrossEntropy",
            new Cases
            {
                ["BinaryCrossEntropy"] = x => Loss.BinaryCrossEntropy(x[0], Binary),
                ["BinaryCrossEntropy soft"] = x => Loss.BinaryCrossEntropy(x[0], x[1]),
                ["BinaryCrossEntropy weighted sum"] = x => Loss.BinaryCrossEntropy(x[0], Binary, positiveWeight: 2.5f, Reduction.Sum),
                ["BinaryCrossEntropy far"] = x => Loss.BinaryCrossEntropy(x[0], Binary),
            },
            WrongNumber("BinaryCrossEntropy: target 2: expected 0 to 1", () => Loss.BinaryCrossEntropy(Scores, Tensor.Full([2, 3], 2))),
            WrongNumber("BinaryCrossEntropy: positiveWeight -1: expected a finite number above 0", () => Loss.BinaryCrossEntropy(Scores, Halves, -1)),
            WrongShape("BinaryCrossEntropy: expected targets of shape [2, 3], got [2]", () => Loss.BinaryCrossEntropy(Scores, Tensor.Zeros([2]))),
            WrongShape("BinaryCrossEntropy: expected at least one value, got [3, 0]", () => Loss.BinaryCrossEntropy(Tensor.Zeros([3, 0]), Tensor.Zeros([3, 0])))),
        new("CrossEntropy",
            new Cases
            {
                ["CrossEntropy"] = x => Loss.CrossEntropy(x[0], Labels5),
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
                ["CrossEntropy ignored by default"] = x => Loss.CrossEntropy(x[0], WithIgnored),
                ["CrossEntropy ignored by default, smoothed"] = x => Loss.CrossEntropy(x[0], WithIgnored, .1f),
                ["CrossEntropy all ignored, sum"] = x => Loss.CrossEntropy(x[0], [-100, -100], 0, reduction: Reduction.Sum),
                ["CrossEntropy all ignored, terms"] = x => Loss.CrossEntropy(x[0], [-100, -100], .1f, reduction: Reduction.None),
                ["CrossEntropy one sample"] = x => Loss.CrossEntropy(x[0], Labels5[..1]),
            },
            WrongNumber("CrossEntropy: label 3 of sample 1: expected 0 to 2", () => Loss.CrossEntropy(Scores, [0, 3])),
            WrongNumber("CrossEntropy: label -1 of sample 0", () => Loss.CrossEntropy(Scores, [-1, 0])),
            WrongNumber("CrossEntropy: label -100 of sample 0: expected 0 to 2", () => Loss.CrossEntropy(Scores, [-100, 0], 0, ignoreIndex: -1)),
            WrongShape("CrossEntropy: expected 2 labels, one for each row, got 1", () => Loss.CrossEntropy(Scores, [0])),
            WrongShape("CrossEntropy: expected scores [N, C] of at least one sample, got [0, 3]", () => Loss.CrossEntropy(Empty, [])),
            WrongShape("CrossEntropy: expected scores [N, C] of at least one sample, got [6]", () => Loss.CrossEntropy(Scores.Reshape(6), Labels2)),
            WrongNumber("CrossEntropy: labelSmoothing 1: expected 0 or more and less than 1", () => Loss.CrossEntropy(Scores, Labels2, 1)),
            WrongNumber("CrossEntropy: labelSmoothing -0.1: expected 0 or more and less than 1", () => Loss.CrossEntropy(Scores, Labels2, -.1f)),
            WrongNumber("CrossEntropy: labelSmoothing NaN: expected 0 or more and less than 1", () => Loss.CrossEntropy(Scores, Labels2, float.NaN)),
            WrongNumber("CrossEntropy: class weight -1: expected a finite number of 0 or more", () => Loss.CrossEntropy(Scores, Labels2, 0, [1, -1, 1])),
            WrongShape("CrossEntropy: expected 3 class weights, one for each class, got 2", () => Loss.CrossEntropy(Scores, Labels2, 0, [1, 1])),
            WrongShape("CrossEntropy: expected scores [N, C] of at least one sample, got [3, 0]", () => Loss.CrossEntropy(Tensor.Zeros([3, 0]), new int[3]))),
        new("SoftCrossEntropy",
            new Cases
            {
                ["SoftCrossEntropy"] = x => Loss.SoftCrossEntropy(x[0], x[1]),
                ["SoftCrossEntropy sum"] = x => Loss.SoftCrossEntropy(x[0], Teacher.Softmax().Slice(0, 0, 1), Reduction.Sum),
                ["SoftCrossEntropy terms"] = x => Loss.SoftCrossEntropy(x[0], Teacher.Softmax(), Reduction.None),
            },
            WrongShape("SoftCrossEntropy: expected targets of shape [2, 3], got [3, 2]", () => Loss.SoftCrossEntropy(Scores, Tensor.Zeros([3, 2]))),
            WrongShape("SoftCrossEntropy: expected scores [N, C]", () => Loss.SoftCrossEntropy(Empty, Empty))),
        new("NegativeLogLikelihood",
            new Cases
            {
                ["NegativeLogLikelihood"] = x => Loss.NegativeLogLikelihood(x[0], Labels5),
                ["NegativeLogLikelihood weighted"] = x => Loss.NegativeLogLikelihood(x[0], WithIgnored, Weights7, -100),
                ["NegativeLogLikelihood sum of one"] = x => Loss.NegativeLogLikelihood(x[0], Labels5[..1], null, reduction: Reduction.Sum),
                ["NegativeLogLikelihood ignored by default"] = x => Loss.NegativeLogLikelihood(x[0], WithIgnored),
                ["NegativeLogLikelihood ignoring a class"] = x => Loss.NegativeLogLikelihood(x[0], Labels5, Weights7, ignoreIndex: 3),
            },
            WrongNumber("NegativeLogLikelihood: label 3 of sample 1", () => Loss.NegativeLogLikelihood(Scores, [0, 3])),
            WrongShape("NegativeLogLikelihood: expected scores [N, C] of at least one sample, got [0, 3]", () => Loss.NegativeLogLikelihood(Empty, []))),
        new("Hinge",
            new Cases
            {
                ["Hinge"] = x => Loss.Hinge(x[0], Labels5),
                ["Hinge squared"] = x => Loss.Hinge(x[0], Labels3, margin: .7f, power: 2),
                ["Hinge terms"] = x => Loss.Hinge(x[0], Labels5, 1, reduction: Reduction.None),
                ["Hinge sum of one"] = x => Loss.Hinge(x[0], Labels5[..1], 1, reduction: Reduction.Sum),
            },
            WrongNumber("Hinge: margin 0: expected a finite number above 0", () => Loss.Hinge(Scores, Labels2, margin: 0)),
            WrongNumber("Hinge: power 3: expected 1 or 2", () => Loss.Hinge(Scores, Labels2, 1, power: 3)),
            WrongNumber("Hinge: label 5 of sample 0: expected 0 to 2", () => Loss.Hinge(Scores, [5, 0])),
            WrongShape("Hinge: expected scores [N, C] of at least one sample", () => Loss.Hinge(Empty, []))),
        new("KullbackLeibler",
            new Cases
            {
                ["KullbackLeibler"] = x => Loss.KullbackLeibler(x[0], x[1]),
                ["KullbackLeibler with zeros"] = x => Loss.KullbackLeibler(x[0], Distribution, Reduction.Sum),
                ["KullbackLeibler terms"] = x => Loss.KullbackLeibler(x[0], x[1], Reduction.None),
            },
            WrongNumber("KullbackLeibler: target -0.5: expected 0 to 1", () => Loss.KullbackLeibler(Scores, -Halves)),
            WrongShape("KullbackLeibler: expected log-probabilities [N, C] of at least one sample, got [0, 3]", () => Loss.KullbackLeibler(Empty, Empty))),
        new("Distillation",
            new Cases
            {
                ["Distillation"] = x => Loss.Distillation(x[0], Teacher, Labels5),
                ["Distillation cold"] = x => Loss.Distillation(x[0], Teacher, Labels5, temperature: .5f, alpha: .3f),
            },
            WrongNumber("Distillation: temperature 0: expected a finite number above 0", () => Loss.Distillation(Scores, Scores, Labels2, temperature: 0)),
            WrongNumber("Distillation: alpha 1.5: expected 0 to 1", () => Loss.Distillation(Scores, Scores, Labels2, alpha: 1.5f)),
            WrongShape("Distillation: expected the teacher's scores of shape [2, 3], got [0, 3]", () => Loss.Distillation(Scores, Empty, Labels2)),
            WrongShape("Distillation: expected scores [N, C] of at least one sample", () => Loss.Distillation(Empty, Empty, []))),
        new("Focal",
            new Cases
            {
                ["Focal"] = x => Loss.Focal(x[0], Labels5),
                ["Focal weighted"] = x => Loss.Focal(x[0], [4, 2, 1], .5f, Weights7, Reduction.Sum),
                ["Focal terms"] = x => Loss.Focal(x[0], Labels5[..1], 3, reduction: Reduction.None),
            },
            WrongNumber("Focal: gamma -1: expected a finite number of 0 or more", () => Loss.Focal(Scores, Labels2, gamma: -1)),
            WrongNumber("Focal: label 3 of sample 0: expected 0 to 2", () => Loss.Focal(Scores, [3, 0])),
            WrongShape("Focal: expected scores [N, C] of at least one sample", () => Loss.Focal(Empty, []))),
        new("BinaryFocal",
            new Cases
            {
                ["BinaryFocal"] = x => Loss.BinaryFocal(x[0], Binary),
                ["BinaryFocal sum"] = x => Loss.BinaryFocal(x[0], Binary, .5f, .6f, Reduction.Sum),
            },
            WrongNumber("BinaryFocal: alpha 2: expected 0 to 1", () => Loss.BinaryFocal(Scores, Halves, 2, alpha: 2)),
            WrongNumber("BinaryFocal: target -0.5: expected 0 to 1", () => Loss.BinaryFocal(Scores, -Halves)),
            WrongShape("BinaryFocal: expected at least one value, got [0]", () => Loss.BinaryFocal(Tensor.Zeros([0]), Tensor.Zeros([0])))),
        new("Contrastive",
            new Cases
            {
                ["Contrastive"] = x => Loss.Contrastive(x[0], x[1], Similar, margin: 3),
                ["Contrastive terms"] = x => Loss.Contrastive(x[0], x[1], Similar, reduction: Reduction.None),
            },
            WrongNumber("Contrastive: margin -1: expected a finite number above 0", () => Loss.Contrastive(Scores, Scores, [true, false], margin: -1)),
            WrongShape("Contrastive: expected 2 answers, one for each pair, got 1", () => Loss.Contrastive(Scores, Scores, [true])),
            WrongShape("Contrastive: expected points [N, D] of at least one sample, got [0, 3]", () => Loss.Contrastive(Empty, Empty, []))),
        new("Triplet",
            new Cases
            {
                ["Triplet"] = x => Loss.Triplet(x[0], x[1], x[2], margin: 2),
                ["Triplet sum of one"] = x => Loss.Triplet(x[0], x[1], x[2], margin: 5, reduction: Reduction.Sum),
                ["Triplet squared"] = x => Loss.Triplet(x[0], x[1], x[2], margin: .5f, isSquared: true),
            },
            WrongNumber("Triplet: margin NaN: expected a finite number above 0", () => Loss.Triplet(Scores, Scores, Scores, margin: float.NaN)),
            WrongShape("Triplet: expected negatives of shape [2, 3], got [0, 3]", () => Loss.Triplet(Scores, Scores, Empty)),
            WrongShape("Triplet: expected anchors [N, D] of at least one sample, got [0, 3]", () => Loss.Triplet(Empty, Empty, Empty))),
        new("Center",
            new Cases
            {
                ["Center"] = x => Loss.Center(x[0], Labels5, x[1]),
                ["Center sum"] = x => Loss.Center(x[0], Labels5[..1], x[1], Reduction.Sum),
            },
            WrongShape("Center: expected centers [C, 3], got [3, 2]", () => Loss.Center(Scores, Labels2, Tensor.Zeros([3, 2]))),
            WrongNumber("Center: label 2 of sample 1: expected 0 to 1", () => new CenterLoss(2, 3).Of(Scores, Labels2)),
            WrongShape("Center: expected features [N, D] of at least one sample", () => new CenterLoss(2, 3).Of(Empty, []))),
        new("LargeMarginSoftmax",
            new Cases
            {
                ["LargeMarginSoftmax 1"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 1),
                ["LargeMarginSoftmax 2"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 2),
                ["LargeMarginSoftmax 3"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 3, reduction: Reduction.Sum),
                ["LargeMarginSoftmax 4"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5, margin: 4, reduction: Reduction.None),
                ["LargeMarginSoftmax annealed"] = x => Loss.LargeMarginSoftmax(x[0], x[1], Labels5[..1], 4, annealing: 5),
            },
            WrongNumber("LargeMarginSoftmax: margin 5: expected 1 to 4", () => Loss.LargeMarginSoftmax(Scores, Scores, [0, 1], margin: 5)),
            WrongNumber("LargeMarginSoftmax: annealing -1: expected a finite number of 0 or more", () => Loss.LargeMarginSoftmax(Scores, Scores, [0, 1], 2, annealing: -1)),
            WrongShape("LargeMarginSoftmax: expected weights [C, 3], got [3, 2]", () => Loss.LargeMarginSoftmax(Scores, Tensor.Zeros([3, 2]), [0, 1], 2)),
            WrongNumber("LargeMarginSoftmax: label 2 of sample 1: expected 0 to 1", () => new LargeMarginSoftmax(3, 2).Of(Scores, Labels2)),
            WrongNumber("LargeMarginSoftmax: margin 0: expected 1 to 4", () => new LargeMarginSoftmax(3, 2, margin: 0).Weight),
            WrongShape("LargeMarginSoftmax: expected features [N, 3], got [3, 2]", () => new LargeMarginSoftmax(3, 2).Scores(Tensor.Zeros([3, 2]))),
            WrongShape("LargeMarginSoftmax: expected features [N, D] of at least one sample, got [0, 3]", () => Loss.LargeMarginSoftmax(Empty, Tensor.Zeros([2, 3]), [], margin: 2))),
        new("Entropy",
            new Cases
            {
                ["Entropy of scores"] = x => Loss.Entropy(x[0]),
                ["Entropy of scores, far"] = x => Loss.Entropy(x[0], Reduction.Sum),
                ["Entropy of scores, terms"] = x => Loss.Entropy(x[0], Reduction.None),
            },
            WrongShape("Entropy: expected scores [N, C] of at least one sample, got [0, 3]", () => Loss.Entropy(Empty))),
    ];
}
