namespace DeepNotes;

/// <summary>
/// What Adam and its relatives share: decaying means of the gradient and of its square, m ← β₁m + (1-β₁)g and
/// v ← β₂v + (1-β₂)g². The decays are doubles: 1 - 0.999f differs from 0.001 by a relative error of 1.3e-5.
/// </summary>
public abstract class MomentOptimizer : Optimizer
{
    /// <summary>Decays β₁ and β₂ in [0, 1), ε above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    private protected MomentOptimizer(float learningRate, double beta1, double beta2, float epsilon)
        : base(learningRate)
    {
        var name = GetType().Name;
        (Beta1, Beta2) = (Check.BelowOne(beta1, name), Check.BelowOne(beta2, name));
        Epsilon = Check.Positive(epsilon, name);
    }

    /// <summary>Decay β₁ of the mean gradient.</summary>
    public double Beta1 { get; }

    /// <summary>Decay β₂ of the mean squared gradient.</summary>
    public double Beta2 { get; }

    /// <summary>ε, against division by zero.</summary>
    public float Epsilon { get; }

    /// <summary>The two means after this gradient.</summary>
    private protected (Tensor M, Tensor V) Moments(Tensor g, OptimizerState state) => (
        state["mean"] = (float)Beta1 * state["mean"] + (float)(1 - Beta1) * g,
        state["variance"] = (float)Beta2 * state["variance"] + (float)(1 - Beta2) * g.Square());

    /// <summary>1 - βᵗ, the sum of the weights of t gradients in a moving average that started at zero: divided by it, the average is unbiased.</summary>
    private protected static float BiasCorrection(double beta, int t) => (float)(1 - Math.Pow(beta, t));
}
