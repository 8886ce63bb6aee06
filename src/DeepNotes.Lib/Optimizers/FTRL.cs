namespace DeepNotes;

/// <summary>
/// Follow the regularised leader, proximal (McMahan et al. 2013): n ← n + g², σ = (√n - √n before)/α, z ← z + g - σw,
/// w ← -S(z, λ₁)/((β + √n)/α + λ₂) with S(z, λ) = sign(z)·max(|z| - λ, 0): exact zeros, for wide sparse models. α is the
/// learning rate. With λ₁ = λ₂ = 0 this is gradient descent at the rate α/(β + √n) for each weight. The first z is the
/// one whose solution is the initial w: zero in the paper, where w begins at zero.
/// </summary>
public sealed class FTRL : Optimizer
{
    /// <summary>FTRL-proximal; the penalties are those of the closed form, beside those of the base.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public FTRL(float learningRate = 0.1f, float beta = 1, float lambda1 = 0, float lambda2 = 0)
        : base(learningRate)
    {
        Beta = Check.Positive(beta, nameof(FTRL));
        (Lambda1, Lambda2) = (Check.NotNegative(lambda1, nameof(FTRL)), Check.NotNegative(lambda2, nameof(FTRL)));
    }

    /// <summary>β: the larger, the smaller are the first steps.</summary>
    public float Beta { get; }

    /// <summary>λ₁: |z| up to this gives a weight of exactly 0.</summary>
    public float Lambda1 { get; }

    /// <summary>λ₂: shrinks all weights.</summary>
    public float Lambda2 { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var alpha = state.LearningRate;
        if (alpha == 0)
        {
            return w;
        }

        var z = state.Has("z") ? state["z"] : -(Beta / alpha + Lambda2) * w - Lambda1 * Constraints.Sign(w);
        var before = state["squares"];
        var n = state["squares"] = before + g.Square();
        var sigma = (n.Sqrt() - before.Sqrt()) / alpha;
        z = state["z"] = z + g - sigma * w;
        return -Constraints.SoftThreshold(z, Lambda1) / ((n.Sqrt() + Beta) / alpha + Lambda2);
    }
}
