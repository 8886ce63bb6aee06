namespace DeepNotes;

/// <summary>
/// AMSGrad (Reddi, Kale and Kumar 2018): Adam with v_max ← max(v_max, v) in place of v, so that the rate of a weight
/// never rises again: w ← w - η·m̂/(√(v_max/(1-β₂ᵗ)) + ε), the bias taken out as in PyTorch.
/// </summary>
public sealed class AMSGrad : MomentOptimizer
{
    /// <summary>AMSGrad with Adam's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public AMSGrad(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f)
        : base(learningRate, beta1, beta2, epsilon)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var (m, v) = Moments(g, state);
        var largest = state["largestVariance"] = Tensor.Maximum(state["largestVariance"], v);
        var mHat = m / BiasCorrection(Beta1, state.Step);
        var vHat = largest / BiasCorrection(Beta2, state.Step);
        return w - state.LearningRate * mHat / (vHat.Sqrt() + Epsilon);
    }
}
