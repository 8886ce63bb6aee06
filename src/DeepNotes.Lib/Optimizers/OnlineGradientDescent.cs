namespace DeepNotes;

/// <summary>
/// Online gradient descent (Zinkevich 2003): w ← w - η/√t · g, t from 1. With this rate the regret on convex losses
/// grows as √T at most, whatever comes.
/// </summary>
/// <param name="learningRate">η, the rate of the first step.</param>
public sealed class OnlineGradientDescent(float learningRate) : Optimizer(learningRate)
{
    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, OptimizerState state) =>
        w - state.LearningRate / MathF.Sqrt(state.Step) * g;
}
