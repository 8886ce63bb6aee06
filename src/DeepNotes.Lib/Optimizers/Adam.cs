namespace DeepNotes;

/// <summary>
/// Adam (Kingma and Ba 2015): m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η·m̂/(√v̂ + ε) with the bias of the zero
/// start taken out, m̂ = m/(1-β₁ᵗ), v̂ = v/(1-β₂ᵗ), t from 1. The first step is η·g/(|g| + ε): its size is the learning
/// rate, whatever the gradient's.
/// </summary>
public sealed class Adam : Optimizer
{
    /// <summary>Adam with the paper's defaults.</summary>
    public Adam(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f)
        : base(learningRate)
    {
        (Beta1, Beta2, Epsilon) = (Decay(beta1, nameof(beta1)), Decay(beta2, nameof(beta2)), epsilon);
    }

    /// <summary>Decay β₁ of the mean gradient.</summary>
    public float Beta1 { get; }

    /// <summary>Decay β₂ of the mean squared gradient.</summary>
    public float Beta2 { get; }

    /// <summary>ε, against division by zero.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var m = state["mean"] = Beta1 * state["mean"] + (1 - Beta1) * g;
        var v = state["variance"] = Beta2 * state["variance"] + (1 - Beta2) * g.Square();
        var mHat = m / (1 - MathF.Pow(Beta1, Step));
        var vHat = v / (1 - MathF.Pow(Beta2, Step));
        return w - LearningRate * mHat / (vHat.Sqrt() + Epsilon);
    }

    private static float Decay(float value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, $"Adam: {name} {value}: expected 0 or more and less than 1.");
}
