namespace DeepNotes;

public static partial class Loss
{
    /// <inheritdoc cref="MeanSquaredError(Tensor, Tensor, Reduction)"/>
    public static Tensor MeanSquaredError(Tensor y, Tensor target) => MeanSquaredError(y, target, Reduction.Mean);

    /// <summary>Squared error: L = 1/M Σ (y - t)² over all M elements. dy = 2(y - t)/M.</summary>
    /// <exception cref="ShapeException">No elements, or shapes that differ.</exception>
    public static Tensor MeanSquaredError(Tensor y, Tensor target, Reduction reduction)
    {
        Expect.SameShape("MeanSquaredError", y, target);
        return Reduce((y - target).Square(), reduction);
    }

    /// <inheritdoc cref="MeanAbsoluteError(Tensor, Tensor, Reduction)"/>
    public static Tensor MeanAbsoluteError(Tensor y, Tensor target) => MeanAbsoluteError(y, target, Reduction.Mean);

    /// <summary>Absolute error: L = 1/M Σ |y - t| over all M elements. dy = sign(y - t)/M: an outlier has no more influence than any other sample.</summary>
    /// <exception cref="ShapeException">No elements, or shapes that differ.</exception>
    public static Tensor MeanAbsoluteError(Tensor y, Tensor target, Reduction reduction)
    {
        Expect.SameShape("MeanAbsoluteError", y, target);
        return Reduce((y - target).Abs(), reduction);
    }

    /// <inheritdoc cref="Huber(Tensor, Tensor, float, Reduction)"/>
    public static Tensor Huber(Tensor y, Tensor target) => Huber(y, target, delta: 1);

    /// <summary>
    /// Huber's loss: L = 1/M Σ h(y - t) with h(e) = e²/2 for |e| ≤ δ, else δ(|e| - δ/2). dy = (y - t kept within ±δ)/M
    /// (Huber 1964, "Robust estimation of a location parameter").
    /// </summary>
    /// <exception cref="ShapeException">No elements, or shapes that differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive.</exception>
    public static Tensor Huber(Tensor y, Tensor target, float delta, Reduction reduction = Reduction.Mean)
    {
        Expect.SameShape("Huber", y, target);
        Check.Positive(delta, "Huber");
        return Reduce((y - target).Map(new Functions.Huber(delta)), reduction);
    }
}
