namespace DeepNotes;

/// <summary>
/// DropConnect (Wan et al. 2013): a linear layer whose weights, not outputs, are dropped: y = x·(m·W)ᵀ/(1 - p) + b, one
/// mask for the batch. dW = m·(dyᵀ·x)/(1 - p). Evaluation uses the mean weight, W.
/// </summary>
public sealed class DropConnect(int inputs, int outputs, float probability = 0.5f, ulong? seed = null) : RandomLayer(probability, seed)
{
    /// <summary>W and b.</summary>
    public Linear Linear { get; } = new(inputs, outputs, seed: seed);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        ExpectRows(x, inputs);
        return IsTraining && Probability > 0
            ? x.MatMul(Linear.Weight * Mask(Linear.Weight.Shape), transposeB: true) + Linear.Bias!
            : Linear.Forward(x);
    }

    /// <inheritdoc/>
    public override string ToString() => $"DropConnect({inputs}→{outputs}, {Probability})";
}
