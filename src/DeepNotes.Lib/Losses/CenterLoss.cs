namespace DeepNotes;

/// <summary>
/// Center loss with its centers c [C, D] (Wen et al. 2016): added to a cross-entropy with a small factor, it moves the
/// features of a class together. The centers are a parameter like any other; or freeze them and move them with
/// <see cref="MoveCenters"/>, which is the paper's way.
/// </summary>
public sealed class CenterLoss : Module
{
    /// <summary>Centers for features of this length, N(0, 1) at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number that is not positive.</exception>
    public CenterLoss(int classes, int features, ulong? seed = null)
    {
        Check.AtLeast(1, classes, nameof(CenterLoss));
        Check.AtLeast(1, features, nameof(CenterLoss));
        Centers = new Parameter([classes, features], Initializers.NormalWith(1), seed ?? Seeds.Next());
    }

    /// <summary>A loss initialised with a copy of these centers.</summary>
    /// <param name="centers">c [C, D].</param>
    /// <exception cref="ShapeException">The centers are not a matrix.</exception>
    public static CenterLoss From(Tensor centers)
    {
        var shape = InitialValues.ShapeOf(centers, "CenterLoss.From", "Centers [C, D]");
        return new CenterLoss(shape[0], shape[1], seed: 0).Holding(centers);
    }

    /// <summary>c [C, D].</summary>
    public Parameter Centers { get; }

    /// <inheritdoc cref="Loss.Center"/>
    public Tensor Of(Tensor features, int[] labels, Reduction reduction = Reduction.Mean) =>
        Loss.Center(features, labels, Centers, reduction);

    /// <summary>
    /// Moves each center towards its samples: cⱼ ← cⱼ - α·Σ_{t=j} (cⱼ - xₙ)/(1 + nⱼ), for nⱼ samples of the class; the 1
    /// limits the influence of a single sample.
    /// </summary>
    /// <param name="features">x [N, D].</param>
    /// <param name="labels">t [N].</param>
    /// <param name="rate">α in [0, 1].</param>
    /// <exception cref="ShapeException">Features that are not [N, D], or another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or a rate out of range.</exception>
    public void MoveCenters(Tensor features, int[] labels, float rate = 0.5f)
    {
        Check.InZeroToOne(rate, "MoveCenters");
        using (Recording.Pause())
        {
            Of(features, labels);
            var belongs = Tensor.OneHot(labels, Centers.Shape[0]).To(features.Device);
            var counts = belongs.Sum(0).Reshape(Centers.Shape[0], 1);
            var sums = belongs.MatMul(features, transposeA: true);
            Centers.Value.Assign(Centers.Value - rate * (counts * Centers.Value - sums) / (counts + 1));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"CenterLoss({Centers.Shape[0]}×{Centers.Shape[1]})";
}
