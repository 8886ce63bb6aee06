namespace DeepNotes;

/// <summary>
/// Layer normalisation (Ba et al. 2016): y = γ·(x - μ)/√(σ² + ε) + β over the last axes, for each sample by itself; γ and
/// β have the shape of those axes.
/// </summary>
public sealed class LayerNorm : Layer
{
    private readonly Shape _shape;
    private readonly float _epsilon;

    /// <summary>Normalises over the last axes, which have this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An empty shape, or an ε that is not positive.</exception>
    public LayerNorm(Shape shape, float epsilon = 1e-5f)
    {
        ArgumentOutOfRangeException.ThrowIfZero(shape.Count, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfZero(shape.Elements, nameof(shape));
        (_shape, _epsilon) = (shape, Check.Positive(nameof(LayerNorm), epsilon, nameof(epsilon)));
        Weight = new Parameter(shape, Initializers.Ones, seed: 0);
        Bias = new Parameter(shape, Initializers.Zeros, seed: 0);
    }

    /// <summary>Normalises over the last axis, of this length.</summary>
    public LayerNorm(int features, float epsilon = 1e-5f)
        : this([features], epsilon)
    {
    }

    /// <summary>γ.</summary>
    public Parameter Weight { get; }

    /// <summary>β.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count <= _shape.Count || !x.Shape.TakeLast(_shape.Count).SequenceEqual(_shape))
        {
            throw new ShapeException($"{this}: expected [N, …, {string.Join(", ", _shape)}], got {x.Shape}.");
        }

        return x.Reshape(1, -1, _shape.Elements).NormalizeChannels(_epsilon).Value.Reshape(x.Shape) * Weight + Bias;
    }

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({_shape})";
}
