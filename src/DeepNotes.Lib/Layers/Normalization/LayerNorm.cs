namespace DeepNotes;

/// <summary>
/// Layer normalisation (Ba et al. 2016): y = γ·(x - μ)/√(σ² + ε) + β over the last axes of each sample; γ and
/// β have the shape of those axes.
/// </summary>
public sealed class LayerNorm : Layer
{
    private readonly Shape _shape;

    /// <summary>Normalises over the last axes, which have this shape.</summary>
    /// <param name="shape">The lengths of those axes.</param>
    /// <param name="epsilon">ε ≥ 0, against division by zero: at 0 a sample whose values are all equal gives NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException">An empty shape, or a negative ε.</exception>
    public LayerNorm(Shape shape, float epsilon = 1e-5f)
    {
        _shape = shape.Count > 0 && shape.Elements > 0
            ? shape
            : throw new ArgumentOutOfRangeException(nameof(shape), $"LayerNorm: shape {shape}: expected one axis or more, of at least one value.");
        Epsilon = Check.NotNegative(epsilon, nameof(LayerNorm));
        Weight = new Parameter(shape, Initializers.Ones, seed: 0);
        Bias = new Parameter(shape, Initializers.Zeros, seed: 0);
    }

    /// <summary>Normalises over the last axis, of this length.</summary>
    public LayerNorm(int features, float epsilon = 1e-5f)
        : this([features], epsilon)
    {
    }

    /// <summary>A layer initialised with copies of these values, which normalises over axes of their shape.</summary>
    /// <param name="weight">γ, of the shape of the last axes.</param>
    /// <param name="bias">β of the same shape.</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <exception cref="ShapeException">β has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An empty shape, or a negative ε.</exception>
    public static LayerNorm From(Tensor weight, Tensor bias, float epsilon = 1e-5f) => new LayerNorm(weight.Shape, epsilon).Holding(weight, bias);

    /// <summary>ε.</summary>
    public float Epsilon { get; }

    /// <summary>γ.</summary>
    public Parameter Weight { get; }

    /// <summary>β.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count <= _shape.Count || !x.Shape.TakeLast(_shape.Count).SequenceEqual(_shape) || x.Length == 0)
        {
            throw new ShapeException($"{this}: expected [N, …, {string.Join(", ", _shape)}] of at least one value, got {x.Shape}.");
        }

        return x.Reshape(1, -1, _shape.Elements).NormalizeChannels(Epsilon).Value.Reshape(x.Shape) * Weight + Bias;
    }

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({_shape})";
}
