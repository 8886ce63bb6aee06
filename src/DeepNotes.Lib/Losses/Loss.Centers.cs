namespace DeepNotes;

public static partial class Loss
{
    /// <summary>
    /// Center loss of features x [N, D] with centers c [C, D]: L = 1/N Σₙ ‖xₙ - c[tₙ]‖²/2 (Wen et al. 2016, who sum).
    /// dx = (x - c[t])/N, and each center gets the opposite of its samples' gradients.
    /// <see cref="CenterLoss"/> holds the centers.
    /// </summary>
    /// <exception cref="ShapeException">Features that are no [N, D], centers that are no [C, D], or another number of labels.</exception>
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
