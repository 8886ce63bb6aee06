namespace DeepNotes;

/// <summary>
/// RMSProp (Hinton 2012, lecture 6e): v ← ρv + (1-ρ)g², w ← w - η·g/(√v + ε). Centred (Graves 2013), √(v - m²) with
/// m ← ρm + (1-ρ)g takes the place of √v. With momentum, b ← μb + g/(√v + ε), w ← w - η·b. In PyTorch ε stands beside the root,
/// in TensorFlow and Keras inside of it, √(v + ε).
/// </summary>
public sealed class RMSProp : Optimizer
{
    /// <summary>RMSProp with PyTorch's defaults.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="rho">Decay ρ of the mean squared gradient.</param>
    /// <param name="epsilon">ε, against division by zero.</param>
    /// <param name="momentum">The share μ of the last step that is kept.</param>
    /// <param name="centered">Whether the gradient is divided by its deviation.</param>
    /// <param name="epsilonInside">Whether ε is added under the root.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public RMSProp(
        float learningRate = 0.01f, float rho = 0.99f, float epsilon = 1e-8f, float momentum = 0, bool centered = false, bool epsilonInside = false)
        : base(learningRate)
    {
        (Rho, Momentum) = (Check.BelowOne(rho, nameof(RMSProp)), Check.BelowOne(momentum, nameof(RMSProp)));
        (Epsilon, IsCentered, IsEpsilonInside) = (Check.Positive(epsilon, nameof(RMSProp)), centered, epsilonInside);
    }

    /// <summary>Decay ρ of the mean squared gradient.</summary>
    public float Rho { get; }

    /// <summary>ε, against division by zero.</summary>
    public float Epsilon { get; }

    /// <summary>The share μ of the last step that is kept.</summary>
    public float Momentum { get; }

    /// <summary>Whether the gradient is divided by its deviation, not by its root mean square.</summary>
    public bool IsCentered { get; }

    /// <summary>Whether ε is added under the root, √(v + ε), and not beside it.</summary>
    public bool IsEpsilonInside { get; }

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

        var direction = g / (IsEpsilonInside ? (v + Epsilon).Sqrt() : v.Sqrt() + Epsilon);
        if (Momentum > 0)
        {
            direction = state["velocity"] = Momentum * state["velocity"] + direction;
        }

        return w - state.LearningRate * direction;
    }
}
