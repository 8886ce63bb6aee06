using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>
/// Stochastic gradient descent with momentum (Polyak 1964) in PyTorch's form: v ← μ·v + g, w ← w - η·v. Nesterov's form
/// (Nesterov 1983; Sutskever et al. 2013) looks one step ahead: w ← w - η·(g + μ·v). Momentum 0 is plain gradient
/// descent, w ← w - η·g.
/// </summary>
public sealed class SGD : Optimizer
{
    /// <summary>Gradient descent with a learning rate η and momentum μ in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate or a momentum out of range, or Nesterov's form without momentum.</exception>
    public SGD(float learningRate, float momentum = 0, bool nesterov = false)
        : base(learningRate)
    {
        Momentum = Check.BelowOne(momentum, nameof(SGD));
        IsNesterov = !nesterov || momentum > 0
            ? nesterov
            : throw new ArgumentOutOfRangeException(nameof(momentum), "SGD: momentum 0: expected more than 0 for Nesterov's form.");
    }

    /// <summary>The share μ of the last step that is kept.</summary>
    public float Momentum { get; }

    /// <summary>Whether the step looks ahead.</summary>
    public bool IsNesterov { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state) =>
        Momentum == 0 ? w - state.LearningRate * g : UpdateOfCopy(w, g, state);

    private protected override bool TryUpdateInPlace(Tensor w, Tensor g, OptimizerState state)
    {
        if (Momentum == 0)
        {
            return false;
        }

        var v = state.InPlace("velocity");
        w.Backend.Update(new MomentumUpdate(state.LearningRate, Momentum, IsNesterov), w.BufferToChange, g.Buffer, v.BufferToChange, v.Buffer);
        return true;
    }
}
