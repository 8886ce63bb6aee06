namespace DeepNotes;

/// <summary>
/// y[n, j] = max over k of (x·Wₖᵀ + bₖ)[n, j]: the largest of several linear pieces, from [N, inputs] to [N, outputs]
/// (Goodfellow et al. 2013). The gradient goes to the piece that was largest. With two pieces it has twice the parameters.
/// </summary>
public sealed class Maxout(int inputs, int outputs, int pieces = 2, ulong? seed = null) : Layer
{
    /// <summary>A layer initialised with copies of these weights, from which its sizes follow.</summary>
    /// <param name="weight">W of all pieces [outputs · pieces, inputs]; output j has rows j·pieces ….</param>
    /// <param name="bias">b [outputs · pieces].</param>
    /// <param name="pieces">The number of pieces of an output.</param>
    /// <exception cref="ShapeException">W is not a matrix with a multiple of this number of rows, or b has another length.</exception>
    public static Maxout From(Tensor weight, Tensor bias, int pieces = 2)
    {
        var shape = InitialValues.ShapeOf(weight, "Maxout.From", "Weight [outputs · pieces, inputs]");
        return shape[0] % Check.AtLeast(1, pieces, "Maxout.From") == 0
            ? new Maxout(shape[1], shape[0] / pieces, pieces, seed: 0).Holding(weight, bias)
            : throw new ShapeException($"Maxout.From: expected Weight [outputs · {pieces}, inputs], got {shape}.");
    }

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
