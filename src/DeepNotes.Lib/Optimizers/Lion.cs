namespace DeepNotes;

/// <summary>
/// Lion (Chen et al. 2023): w ← w - η·(sign(β₁m + (1-β₁)g) + λw), then m ← β₂m + (1-β₂)g. Every weight moves by η; one
/// tensor to remember against Adam's two. Rates are 3 to 10 times smaller than Adam's, decays as many times larger.
/// </summary>
public sealed class Lion : Optimizer
{
    /// <summary>Lion with the paper's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public Lion(float learningRate = 1e-4f, double beta1 = 0.9, double beta2 = 0.99, float weightDecay = 0)
        : base(learningRate)
    {
        (Beta1, Beta2) = (Check.BelowOne(beta1, nameof(Lion)), Check.BelowOne(beta2, nameof(Lion)));
        (WeightDecay, DecouplesWeightDecay) = (weightDecay, true);
    }

    /// <summary>The share β₁ of the past in the direction of a step.</summary>
    public double Beta1 { get; }

    /// <summary>Decay β₂ of the mean gradient.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var m = state["mean"];
        state["mean"] = (float)Beta2 * m + (float)(1 - Beta2) * g;
        return w - state.LearningRate * Constraints.Sign((float)Beta1 * m + (float)(1 - Beta1) * g);
    }
}
