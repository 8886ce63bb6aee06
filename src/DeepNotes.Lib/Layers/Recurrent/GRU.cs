namespace DeepNotes;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014), x [N, T, inputs] to h [N, T, hidden], in the form that resets after the product
/// (PyTorch's, cuDNN's): with u = xₜ·W_ihᵀ + b_ih and v = hₜ₋₁·W_hhᵀ + b_hh, r = σ(uᵣ + vᵣ), z = σ(u_z + v_z),
/// n = tanh(uₙ + r⊙vₙ), hₜ = (1 - z)⊙n + z⊙hₜ₋₁. Back: dn = dh⊙(1 - z), dz = dh⊙(hₜ₋₁ - n), dvₙ = dn⊙(1 - n²)⊙r,
/// dr = dn⊙(1 - n²)⊙vₙ, and dhₜ₋₁ has dh⊙z in addition to dv·W_hh: the path around the weights.
/// </summary>
/// <param name="inputs">Features of x.</param>
/// <param name="hidden">Features of h.</param>
/// <param name="twoBiases">A second bias b_hh, as in PyTorch; here it is not redundant, as r multiplies its part for n.</param>
/// <param name="seed">Fixes all values; the next of <see cref="Seeds"/> unless given.</param>
public sealed class GRU(int inputs, int hidden, bool twoBiases = false, ulong? seed = null)
    : Stepwise(inputs, hidden, gates: 3, twoBiases, seed)
{
    /// <summary>A layer initialised with copies of these weights, from which its sizes follow.</summary>
    /// <param name="weightIh">W_ih [3 · hidden, inputs].</param>
    /// <param name="weightHh">W_hh [3 · hidden, hidden].</param>
    /// <param name="biasIh">b_ih [3 · hidden].</param>
    /// <param name="biasHh">b_hh [3 · hidden]; none unless given.</param>
    /// <exception cref="ShapeException">The weights are not matrices, or do not fit each other.</exception>
    public static GRU From(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor? biasHh = null)
    {
        var inputs = InitialValues.ShapeOf(weightIh, "GRU.From", "WeightIh [3 · hidden, inputs]")[1];
        var hidden = InitialValues.ShapeOf(weightHh, "GRU.From", "WeightHh [3 · hidden, hidden]")[1];
        return new GRU(inputs, hidden, twoBiases: biasHh is not null, seed: 0).Holding(weightIh, weightHh, biasIh, biasHh);
    }

    /// <inheritdoc/>
    protected override RecurrentState Step(Tensor fromInput, RecurrentState previous)
    {
        var (h, a, u) = (previous.Hidden, fromInput.Split(1, 3), FromHidden(previous.Hidden).Split(1, 3));
        var r = (a[0] + u[0]).Sigmoid();
        var z = (a[1] + u[1]).Sigmoid();
        var n = (a[2] + r * u[2]).Tanh();
        return new RecurrentState(n + z * (h - n));
    }
}
