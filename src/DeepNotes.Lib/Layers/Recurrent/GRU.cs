namespace DeepNotes;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014), x [N, T, inputs] to h [N, T, hidden], in the form that resets after the product
/// (PyTorch's, cuDNN's): with u = xₜ·W_ihᵀ + b_ih and v = hₜ₋₁·W_hhᵀ + b_hh, r = σ(uᵣ + vᵣ), z = σ(u_z + v_z),
/// n = tanh(uₙ + r⊙vₙ), hₜ = (1 - z)⊙n + z⊙hₜ₋₁. Back: dn = dh⊙(1 - z), dz = dh⊙(hₜ₋₁ - n), dvₙ = dn⊙(1 - n²)⊙r,
/// dr = dn⊙(1 - n²)⊙vₙ, and dhₜ₋₁ has dh⊙z beside dv·W_hh: the way past the weights.
/// </summary>
/// <param name="inputs">Features of x.</param>
/// <param name="hidden">Features of h.</param>
/// <param name="twoBiases">A second bias b_hh, as in PyTorch; here it does add something, as r multiplies its part for n.</param>
/// <param name="seed">Fixes all values; the next of <see cref="Seeds"/> unless given.</param>
public sealed class GRU(int inputs, int hidden, bool twoBiases = false, ulong? seed = null)
    : Stepwise(inputs, hidden, gates: 3, twoBiases, seed)
{
    /// <inheritdoc/>
    protected override RecurrentState Step(Tensor fromInput, RecurrentState before)
    {
        var (h, a, u) = (before.Hidden, fromInput.Split(1, 3), FromHidden(before.Hidden).Split(1, 3));
        var r = (a[0] + u[0]).Sigmoid();
        var z = (a[1] + u[1]).Sigmoid();
        var n = (a[2] + r * u[2]).Tanh();
        return new RecurrentState(n + z * (h - n));
    }
}
