namespace DeepNotes;

/// <summary>
/// AdaGrad (Duchi, Hazan and Singer 2011): s ← s + g², w ← w - η·g/(√s + ε). A rate for each weight, which only falls:
/// rarely seen features keep a large one.
/// </summary>
public sealed class AdaGrad : Optimizer
{
    /// <summary>AdaGrad with PyTorch's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public AdaGrad(float learningRate = 0.01f, float epsilon = 1e-10f)
        : base(learningRate) => Epsilon = Check.Positive(epsilon, nameof(AdaGrad));

    /// <summary>ε, against division by zero.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state)
    {
        var s = state["squares"] += g.Square();
        return w - state.LearningRate * g / (s.Sqrt() + Epsilon);
    }
}
