namespace DeepNotes;

/// <summary>
/// y = x·Wᵀ + b, for x [N, inputs], W [outputs, inputs], b [outputs], y [N, outputs]. Gradients: dx = dy·W,
/// dW = dyᵀ·x, db = Σₙ dy.
/// </summary>
public sealed class Linear : Layer
{
    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> features.</summary>
    /// <param name="inputs">Features of x.</param>
    /// <param name="outputs">Features of y.</param>
    /// <param name="bias">Whether a bias b is added.</param>
    /// <param name="initializer">The initializer of W; U(±1/√inputs) unless given, as in PyTorch.</param>
    /// <param name="biasInitializer">The initializer of b; U(±1/√inputs) unless given, as in PyTorch.</param>
    /// <param name="seed">Fixes W and b; the next of <see cref="Seeds"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive.</exception>
    public Linear(
        int inputs, int outputs, bool bias = true, Initializer? initializer = null, Initializer? biasInitializer = null, ulong? seed = null)
    {
        Check.AtLeast(1, inputs, nameof(Linear));
        Check.AtLeast(1, outputs, nameof(Linear));
        var generator = new Generator(seed ?? Seeds.Next());
        (Inputs, Outputs) = (inputs, outputs);
        Weight = new Parameter([outputs, inputs], initializer ?? Initializers.FanIn, generator.NextBits());
        Bias = bias ? new Parameter([outputs], biasInitializer ?? Initializers.UniformWithin(1 / MathF.Sqrt(inputs)), generator.NextBits()) : null;
    }

    /// <summary>A layer initialised with copies of these weights, from which its sizes follow.</summary>
    /// <param name="weight">W [outputs, inputs].</param>
    /// <param name="bias">b [outputs]; none unless given.</param>
    /// <exception cref="ShapeException">W is not a matrix, or b has another length than W has rows.</exception>
    public static Linear From(Tensor weight, Tensor? bias = null)
    {
        var shape = InitialValues.ShapeOf(weight, "Linear.From", "Weight [outputs, inputs]");
        return new Linear(shape[1], shape[0], bias is not null, seed: 0).Holding(weight, bias);
    }

    /// <summary>Features of x.</summary>
    public int Inputs { get; }

    /// <summary>Features of y.</summary>
    public int Outputs { get; }

    /// <summary>W [outputs, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        ExpectRows(x, Inputs);
        return x.MatMul(Weight, Bias?.Value, transposeB: true);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Linear({Inputs}→{Outputs})";
}
