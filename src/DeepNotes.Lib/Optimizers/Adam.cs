using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>
/// Adam (Kingma and Ba 2015): m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η·m̂/(√v̂ + ε) with the bias of the zero
/// start taken out, m̂ = m/(1-β₁ᵗ), v̂ = v/(1-β₂ᵗ), t from 1. The first step is η·g/(|g| + ε): its size is the learning
/// rate, whatever the gradient's. Without the correction m and v are used for m̂ and v̂, and the first step is
/// (1-β₁)/√(1-β₂) times as long, 3.16 times at the defaults.
/// </summary>
public class Adam : MomentOptimizer
{
    /// <summary>Adam with the paper's defaults.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">Decay β₁ of the mean gradient.</param>
    /// <param name="beta2">Decay β₂ of the mean squared gradient.</param>
    /// <param name="epsilon">ε, against division by zero.</param>
    /// <param name="biasCorrection">Whether the bias of the zero start is taken out; off to see what it is for.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public Adam(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f, bool biasCorrection = true)
        : base(learningRate, beta1, beta2, epsilon) => CorrectsBias = biasCorrection;

    /// <summary>Whether the bias of the zero start is taken out.</summary>
    public bool CorrectsBias { get; }

    /// <inheritdoc/>
    protected sealed override Tensor Update(Tensor w, Tensor g, OptimizerState state) => UpdateOfCopy(w, g, state);

    private protected override bool TryUpdateInPlace(Tensor w, Tensor g, OptimizerState state)
    {
        var update = new AdamUpdate(state.LearningRate, Beta1, Beta2, Epsilon, Correction(Beta1, state.Step), Correction(Beta2, state.Step));
        w.Backend.Update(update, w.BufferToChange, g.Buffer, state.InPlace("mean").BufferToChange, state.InPlace("variance").BufferToChange);
        return true;
    }

    private float Correction(double beta, int t) => CorrectsBias ? BiasCorrection(beta, t) : 1;
}
