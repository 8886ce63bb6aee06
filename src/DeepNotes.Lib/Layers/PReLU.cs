namespace DeepNotes;

/// <summary>
/// y = max(0, x) + a·min(0, x) with a learned, one for each feature or one for all (He et al. 2015).
/// dx = dy or a·dy by the sign of x; da = Σ dy·min(0, x).
/// </summary>
public sealed class PReLU : Layer
{
    /// <summary>Slopes a for [N, features], or a single one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one feature.</exception>
    public PReLU(int features = 1, float slope = 0.25f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        Slope = new Parameter([features], (shape, _) => [.. Enumerable.Repeat(slope, shape.Elements)], seed: 0);
    }

    /// <summary>a [features].</summary>
    public Parameter Slope { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => Slope.Shape.Elements == 1 || (x.Shape.Count == 2 && x.Shape[1] == Slope.Shape.Elements)
        ? x.ReLU() - Slope.Value * (-x).ReLU()
        : throw new ShapeException($"{this}: expected [N, {Slope.Shape.Elements}], got {x.Shape}.");

    /// <inheritdoc/>
    public override string ToString() => $"PReLU({Slope.Shape.Elements})";
}
