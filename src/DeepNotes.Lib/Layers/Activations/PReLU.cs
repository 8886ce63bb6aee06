namespace DeepNotes;

/// <summary>
/// y = max(0, x) + a·min(0, x) with a learned, one for each feature of [N, C, …] or one for all (He et al. 2015).
/// dx = dy or a·dy by the sign of x; da = Σ dy·min(0, x).
/// </summary>
public sealed class PReLU : Layer
{
    /// <summary>Slopes a for [N, features, …], or a single one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one feature.</exception>
    public PReLU(int features = 1, float slope = 0.25f)
    {
        Check.AtLeast(1, features, nameof(PReLU));
        Slope = new Parameter([features], (shape, _) => [.. Enumerable.Repeat(slope, shape.Elements)], seed: 0);
    }

    /// <summary>A layer initialised with a copy of these slopes.</summary>
    /// <param name="slope">a [features], or [1] for all.</param>
    /// <exception cref="ShapeException">The slopes are not a vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No slope.</exception>
    public static PReLU From(Tensor slope) => new PReLU(InitialValues.ShapeOf(slope, "PReLU.From", "Slope [features]")[0]).Holding(slope);

    /// <summary>a [features].</summary>
    public Parameter Slope { get; }

    internal override bool IsElementwise => true;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var features = Slope.Shape.Elements;
        if (features > 1 && (x.Shape.Count < 2 || x.Shape[1] != features))
        {
            throw new ShapeException($"{this}: expected [N, {features}, …], got {x.Shape}.");
        }

        var slope = features == 1 ? Slope.Value : Slope.Value.Reshape([features, .. x.Shape.Skip(2).Select(_ => 1)]);
        return x.ReLU() - slope * (-x).ReLU();
    }

    /// <inheritdoc/>
    public override string ToString() => $"PReLU({Slope.Shape.Elements})";
}
