namespace DeepNotes;

/// <summary>
/// DropConnect (Wan et al. 2013): a linear layer whose weights, not outputs, are dropped: y = x·(m·W)ᵀ/(1 - p) + b, one
/// mask for the batch. dW = m·(dyᵀ·x)/(1 - p). Evaluation uses the mean weight, W.
/// </summary>
public sealed class DropConnect(int inputs, int outputs, float probability = 0.5f, ulong? seed = null) : RandomLayer(probability, seed)
{
    /// <summary>A layer initialised with copies of these weights, from which its sizes follow.</summary>
    /// <param name="weight">W [outputs, inputs].</param>
    /// <param name="bias">b [outputs].</param>
    /// <param name="probability">p, the probability that a weight is dropped.</param>
    /// <param name="seed">Fixes the masks; the next of <see cref="Seeds"/> unless given.</param>
    /// <exception cref="ShapeException">W is not a matrix, or b has another length than W has rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p outside [0, 1].</exception>
    public static DropConnect From(Tensor weight, Tensor bias, float probability = 0.5f, ulong? seed = null)
    {
        var shape = InitialValues.ShapeOf(weight, "DropConnect.From", "Weight [outputs, inputs]");
        return new DropConnect(shape[1], shape[0], probability, seed ?? Seeds.Next()).Holding(weight, bias);
    }

    /// <summary>W and b.</summary>
    public Linear Linear { get; } = new(inputs, outputs, seed: seed);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        ExpectRows(x, inputs);
        return IsTraining && Probability > 0
            ? x.MatMul(Linear.Weight * Mask(Linear.Weight.Shape, x.Device), transposeB: true) + Linear.Bias!
            : Linear.Forward(x);
    }

    /// <inheritdoc/>
    public override string ToString() => $"DropConnect({inputs}→{outputs}, {Probability})";
}
