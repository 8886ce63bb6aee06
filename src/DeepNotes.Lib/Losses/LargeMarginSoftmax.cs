namespace DeepNotes;

/// <summary>
/// Large-margin softmax with its weight W [C, D], in place of a network's last linear layer (Liu et al. 2016).
/// </summary>
public sealed class LargeMarginSoftmax : Module
{
    /// <summary>A last layer from <paramref name="features"/> to <paramref name="classes"/> scores.</summary>
    /// <param name="features">D.</param>
    /// <param name="classes">C.</param>
    /// <param name="margin">m, 1 to 4.</param>
    /// <param name="seed">Fixes W; the next of <see cref="Seeds"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive, or another margin.</exception>
    public LargeMarginSoftmax(int features, int classes, int margin = 2, ulong? seed = null)
    {
        Check.AtLeast(1, features, nameof(LargeMarginSoftmax));
        Check.AtLeast(1, classes, nameof(LargeMarginSoftmax));
        Check.That(margin is >= 1 and <= 4, margin, nameof(LargeMarginSoftmax), nameof(margin), "1 to 4");
        Margin = margin;
        Weight = new Parameter([classes, features], Initializers.FanIn, seed ?? Seeds.Next());
    }

    /// <summary>A last layer initialised with a copy of these weights.</summary>
    /// <param name="weight">W [C, D].</param>
    /// <param name="margin">m, 1 to 4.</param>
    /// <exception cref="ShapeException">W is not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Another margin.</exception>
    public static LargeMarginSoftmax From(Tensor weight, int margin = 2)
    {
        var shape = InitialValues.ShapeOf(weight, "LargeMarginSoftmax.From", "Weight [C, D]");
        return new LargeMarginSoftmax(shape[1], shape[0], margin, seed: 0).Holding(weight);
    }

    /// <summary>m: the angle between a sample and its class is multiplied by m.</summary>
    public int Margin { get; }

    /// <summary>λ ≥ 0: the share of plain softmax; start large, such as 1000, and decrease it in training.</summary>
    public float Annealing { get; set; }

    /// <summary>W [C, D].</summary>
    public Parameter Weight { get; }

    /// <summary>The loss of features [N, D] for labels [N], while training.</summary>
    /// <inheritdoc cref="Loss.LargeMarginSoftmax"/>
    public Tensor Of(Tensor features, int[] labels, Reduction reduction = Reduction.Mean) =>
        Loss.LargeMarginSoftmax(features, Weight, labels, Margin, Annealing, reduction);

    /// <summary>The scores x·Wᵀ [N, C] without a margin, for predictions.</summary>
    /// <exception cref="ShapeException">Features that are not [N, D].</exception>
    public Tensor Scores(Tensor features) => features.Shape.Count == 2 && features.Shape[1] == Weight.Shape[1]
        ? features.MatMul(Weight, transposeB: true)
        : throw new ShapeException($"LargeMarginSoftmax: expected features [N, {Weight.Shape[1]}], got {features.Shape}.");

    /// <inheritdoc/>
    public override string ToString() => $"LargeMarginSoftmax({Weight.Shape[1]}→{Weight.Shape[0]}, margin {Margin})";
}
