namespace DeepNotes;

/// <summary>
/// Rectified Adam (Liu et al. 2020): with few gradients the variance of 1/√v̂ is unbounded, so that Adam's first steps
/// are left to chance. ρ∞ = 2/(1-β₂) - 1, ρₜ = ρ∞ - 2tβ₂ᵗ/(1-β₂ᵗ) counts the gradients in the mean; up to 5,
/// w ← w - η·m̂; after that w ← w - η·r·m̂/√v̂ with r = √((ρₜ-4)(ρₜ-2)ρ∞ / ((ρ∞-4)(ρ∞-2)ρₜ)): a warm-up by itself.
/// </summary>
public sealed class RAdam : MomentOptimizer
{
    /// <summary>RAdam with Adam's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public RAdam(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f)
        : base(learningRate, beta1, beta2, epsilon)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var (m, v) = Moments(g, state);
        var mHat = m / BiasCorrection(Beta1, state.Step);
        var (most, count) = (2 / (1 - Beta2) - 1, Count(state.Step));
        if (count <= 5)
        {
            return w - state.LearningRate * mHat;
        }

        var r = Math.Sqrt((count - 4) * (count - 2) * most / ((most - 4) * (most - 2) * count));
        var scale = (float)(r * Math.Sqrt(1 - Math.Pow(Beta2, state.Step)));
        return w - state.LearningRate * scale * mHat / (v.Sqrt() + Epsilon);
    }

    private double Count(int t)
    {
        var power = Math.Pow(Beta2, t);
        return 2 / (1 - Beta2) - 1 - 2 * t * power / (1 - power);
    }
}
