namespace DeepNotes;

/// <summary>
/// RMSProp (Hinton 2012, lecture 6e): v ← ρv + (1-ρ)g², w ← w - η·g/(√v + ε). Centred (Graves 2013), √(v - m²) with
/// m ← ρm + (1-ρ)g takes the place of √v. With momentum, b ← μb + g/(√v + ε), w ← w - η·b.
/// </summary>
public sealed class RMSProp : Optimizer
{
    /// <summary>RMSProp with PyTorch's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public RMSProp(float learningRate = 0.01f, float rho = 0.99f, float epsilon = 1e-8f, float momentum = 0, bool centered = false)
        : base(learningRate)
    {
        (Rho, Momentum) = (Hyperparameter.Share(rho, nameof(RMSProp)), Hyperparameter.Share(momentum, nameof(RMSProp)));
        (Epsilon, IsCentered) = (Hyperparameter.Positive(epsilon, nameof(RMSProp)), centered);
    }

    /// <summary>Decay ρ of the mean squared gradient.</summary>
    public float Rho { get; }

    /// <summary>ε, against division by zero.</summary>
    public float Epsilon { get; }

    /// <summary>The share μ of the last step that is kept.</summary>
    public float Momentum { get; }

    /// <summary>Whether the gradient is divided by its deviation, not by its root mean square.</summary>
    public bool IsCentered { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var v = state["variance"] = Rho * state["variance"] + (1 - Rho) * g.Square();
        if (IsCentered)
        {
            var m = state["mean"] = Rho * state["mean"] + (1 - Rho) * g;
            // Rounding can leave v a little below m² where the gradient hardly changes.
            v = (v - m.Square()).ReLU();
        }

        var direction = g / (v.Sqrt() + Epsilon);
        if (Momentum > 0)
        {
            direction = state["velocity"] = Momentum * state["velocity"] + direction;
        }

        return w - state.LearningRate * direction;
    }
}
