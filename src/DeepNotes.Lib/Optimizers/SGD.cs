namespace DeepNotes;

/// <summary>
/// Stochastic gradient descent with momentum (Polyak 1964), in PyTorch's form: v ← μ·v + g, w ← w - η·v. Momentum 0 is
/// plain gradient descent, w ← w - η·g.
/// </summary>
public sealed class SGD : Optimizer
{
    /// <summary>Gradient descent with a learning rate η and momentum μ in [0, 1).</summary>
    public SGD(float learningRate, float momentum = 0)
        : base(learningRate)
    {
        Momentum = momentum is >= 0 and < 1
            ? momentum
            : throw new ArgumentOutOfRangeException(nameof(momentum), $"SGD: momentum {momentum}: expected 0 or more and less than 1.");
    }

    /// <summary>The share μ of the last step that is kept.</summary>
    public float Momentum { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        if (Momentum == 0)
        {
            return w - LearningRate * g;
        }

        var v = state["velocity"] = Momentum * state["velocity"] + g;
        return w - LearningRate * v;
    }
}
