namespace DeepNotes;

/// <summary>
/// y[n, j] = max over k of (x·Wₖᵀ + bₖ)[n, j]: the largest of several linear pieces, from [N, inputs] to [N, outputs]
/// (Goodfellow et al. 2013). The gradient goes to the piece that was largest. With two pieces it has twice the parameters.
/// </summary>
public sealed class Maxout(int inputs, int outputs, int pieces = 2, ulong? seed = null) : Layer
{
    /// <summary>All pieces at once: output j has rows j·pieces … of the weight.</summary>
    public Linear Pieces { get; } = new(inputs, checked(outputs * pieces), seed: seed);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        ExpectRows(x, inputs);
        return Pieces.Forward(x).Reshape(x.Shape[0], outputs, pieces).Max(2);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Maxout({inputs}→{outputs}, {pieces} pieces)";
}
