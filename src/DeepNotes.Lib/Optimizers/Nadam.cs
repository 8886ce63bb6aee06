namespace DeepNotes;

/// <summary>
/// Nadam (Dozat 2016): Adam with Nesterov's look ahead. With μₜ = β₁(1 - ½·0.96^(ψt)) and Πₜ = μ₁·…·μₜ,
/// w ← w - η·((1-μₜ)/(1-Πₜ)·g + μₜ₊₁/(1-Πₜ₊₁)·m)/(√v̂ + ε).
/// </summary>
public sealed class Nadam : MomentOptimizer
{
    /// <summary>Nadam with PyTorch's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public Nadam(
        float learningRate = 2e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f, float momentumDecay = 4e-3f)
        : base(learningRate, beta1, beta2, epsilon) => MomentumDecay = Check.NotNegative(momentumDecay, nameof(Nadam));

    /// <summary>ψ: how fast the momentum rises to β₁.</summary>
    public float MomentumDecay { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var (m, v) = Moments(g, state);
        var (mu, next) = (Momentum(state.Step), Momentum(state.Step + 1));
        var product = state.Number("momentumProduct", initial: 1) * mu;
        state.SetNumber("momentumProduct", product);
        var ahead = (float)((1 - mu) / (1 - product)) * g + (float)(next / (1 - product * next)) * m;
        var vHat = v / BiasCorrection(Beta2, state.Step);
        return w - state.LearningRate * ahead / (vHat.Sqrt() + Epsilon);
    }

    private double Momentum(int t) => Beta1 * (1 - 0.5 * Math.Pow(0.96, t * (double)MomentumDecay));
}
