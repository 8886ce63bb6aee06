namespace DeepNotes;

/// <summary>
/// hₜ = tanh(xₜ·W_ihᵀ + b + hₜ₋₁·W_hhᵀ), or max(0, …): x [N, T, inputs] to h [N, T, hidden] (Elman 1990). With
/// a = the sum inside, da = dhₜ·(1 - hₜ²), dW_ih = Σₜ daᵀ·xₜ, dW_hh = Σₜ daᵀ·hₜ₋₁, dhₜ₋₁ = da·W_hh: a product of T
/// such factors is why gradients vanish or explode.
/// </summary>
/// <param name="inputs">Features of x.</param>
/// <param name="hidden">Features of h.</param>
/// <param name="relu">ReLU instead of tanh.</param>
/// <param name="twoBiases">A second bias b_hh, as in PyTorch; it is redundant, but allows weights to be exchanged.</param>
/// <param name="seed">Fixes all values; the next of <see cref="Seeds"/> unless given.</param>
public sealed class RNN(int inputs, int hidden, bool relu = false, bool twoBiases = false, ulong? seed = null)
    : Stepwise(inputs, hidden, gates: 1, twoBiases, seed)
{
    /// <summary>A layer initialised with copies of these weights, from which its sizes follow.</summary>
    /// <param name="weightIh">W_ih [hidden, inputs].</param>
    /// <param name="weightHh">W_hh [hidden, hidden].</param>
    /// <param name="biasIh">b_ih [hidden].</param>
    /// <param name="biasHh">b_hh [hidden]; none unless given.</param>
    /// <param name="relu">ReLU instead of tanh.</param>
    /// <exception cref="ShapeException">The weights are not matrices, or do not fit each other.</exception>
    public static RNN From(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor? biasHh = null, bool relu = false)
    {
        var inputs = InitialValues.ShapeOf(weightIh, "RNN.From", "WeightIh [hidden, inputs]")[1];
        var hidden = InitialValues.ShapeOf(weightHh, "RNN.From", "WeightHh [hidden, hidden]")[1];
        return new RNN(inputs, hidden, relu, twoBiases: biasHh is not null, seed: 0).Holding(weightIh, weightHh, biasIh, biasHh);
    }

    /// <summary>Whether the nonlinearity is ReLU instead of tanh.</summary>
    public bool IsRectified { get; } = relu;

    /// <inheritdoc/>
    protected override RecurrentState Step(Tensor fromInput, RecurrentState previous)
    {
        var sum = fromInput + FromHidden(previous.Hidden);
        return new RecurrentState(IsRectified ? sum.ReLU() : sum.Tanh());
    }
}
