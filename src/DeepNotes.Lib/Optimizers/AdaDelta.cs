namespace DeepNotes;

/// <summary>
/// AdaDelta (Zeiler 2012): v ← ρv + (1-ρ)g², Δ = √(d + ε)/√(v + ε)·g, d ← ρd + (1-ρ)Δ², w ← w - η·Δ. The ratio of two
/// root mean squares gives the step the unit of w; the paper has η = 1.
/// </summary>
public sealed class AdaDelta : Optimizer
{
    /// <summary>AdaDelta with PyTorch's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public AdaDelta(float learningRate = 1, float rho = 0.9f, float epsilon = 1e-6f)
        : base(learningRate)
    {
        (Rho, Epsilon) = (Check.BelowOne(rho, nameof(AdaDelta)), Check.Positive(epsilon, nameof(AdaDelta)));
    }

    /// <summary>Decay ρ of the two means.</summary>
    public float Rho { get; }

    /// <summary>ε: where the first steps get their size from.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var v = state["variance"] = Rho * state["variance"] + (1 - Rho) * g.Square();
        var delta = (state["steps"] + Epsilon).Sqrt() / (v + Epsilon).Sqrt() * g;
        state["steps"] = Rho * state["steps"] + (1 - Rho) * delta.Square();
        return w - state.LearningRate * delta;
    }
}
