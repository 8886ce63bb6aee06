using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>
/// Adam (Kingma and Ba 2015): m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η·m̂/(√v̂ + ε) with the bias of the zero
/// start taken out, m̂ = m/(1-β₁ᵗ), v̂ = v/(1-β₂ᵗ), t from 1. The first step is η·g/(|g| + ε): its size is the learning
/// rate, whatever the gradient's.
/// </summary>
public class Adam : MomentOptimizer
{
    /// <summary>Adam with the paper's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public Adam(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f)
        : base(learningRate, beta1, beta2, epsilon)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var (m, v) = Moments(g, state);
        var mHat = m / Weight(Beta1, state.Step);
        var vHat = v / Weight(Beta2, state.Step);
        return w - state.LearningRate * mHat / (vHat.Sqrt() + Epsilon);
    }

    private protected override bool TryUpdateInPlace(Tensor w, Tensor g, OptimizerState state)
    {
        var update = new AdamUpdate(state.LearningRate, Beta1, Beta2, Epsilon, Weight(Beta1, state.Step), Weight(Beta2, state.Step));
        w.Backend.Update(update, w.BufferToChange, g.Buffer, state.InPlace("mean").BufferToChange, state.InPlace("variance").BufferToChange);
        return true;
    }
}
