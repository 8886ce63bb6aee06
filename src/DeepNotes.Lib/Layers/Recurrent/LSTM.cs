namespace DeepNotes;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000), x [N, T, inputs] to
/// h [N, T, hidden]. With (aᵢ, a_f, a_g, aₒ) = xₜ·W_ihᵀ + b + hₜ₋₁·W_hhᵀ: i = σ(aᵢ), f = σ(a_f), g = tanh(a_g), o = σ(aₒ),
/// cₜ = f⊙cₜ₋₁ + i⊙g, hₜ = o⊙tanh(cₜ). Back: do = dh⊙tanh(cₜ), dcₜ += dh⊙o⊙(1 - tanh²(cₜ)), df = dcₜ⊙cₜ₋₁, di = dcₜ⊙g,
/// dg = dcₜ⊙i, dcₜ₋₁ = dcₜ⊙f: along the cell the gradient is only multiplied by f, so that it survives while f is near 1.
/// </summary>
/// <param name="inputs">Features of x.</param>
/// <param name="hidden">Features of h and c.</param>
/// <param name="forgetBias">The initial bias of the forget gate: 1 preserves the cell from the start (Jozefowicz et al. 2015); random like the others unless given.</param>
/// <param name="twoBiases">A second bias b_hh, as in PyTorch; it is redundant, but allows weights to be exchanged.</param>
/// <param name="seed">Fixes all values; the next of <see cref="Seeds"/> unless given.</param>
public sealed class LSTM(int inputs, int hidden, float? forgetBias = null, bool twoBiases = false, ulong? seed = null)
    : Recurrent(inputs, hidden, gates: 4, twoBiases, seed, ForgetAt(hidden, forgetBias), ForgetAt(hidden, forgetBias * 0))
{
    /// <summary>A layer initialised with copies of these weights, from which its sizes follow.</summary>
    /// <param name="weightIh">W_ih [4 · hidden, inputs].</param>
    /// <param name="weightHh">W_hh [4 · hidden, hidden].</param>
    /// <param name="biasIh">b_ih [4 · hidden].</param>
    /// <param name="biasHh">b_hh [4 · hidden]; none unless given.</param>
    /// <exception cref="ShapeException">The weights are not matrices, or do not fit each other.</exception>
    public static LSTM From(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor? biasHh = null)
    {
        var inputs = InitialValues.ShapeOf(weightIh, "LSTM.From", "WeightIh [4 · hidden, inputs]")[1];
        var hidden = InitialValues.ShapeOf(weightHh, "LSTM.From", "WeightHh [4 · hidden, hidden]")[1];
        return new LSTM(inputs, hidden, twoBiases: biasHh is not null, seed: 0).Holding(weightIh, weightHh, biasIh, biasHh);
    }

    /// <inheritdoc/>
    protected override bool HasCell => true;

    /// <inheritdoc/>
    protected override (Tensor Outputs, RecurrentState State) Unroll(Tensor x, RecurrentState state)
    {
        var (states, steps) = (States(x, state), x.Shape[1]);
        return (Outputs(states), new RecurrentState(State(steps), State(steps + 1)));

        Tensor State(int index) => states.Slice(0, index, 1).Reshape(state.Hidden.Shape);
    }

    /// <inheritdoc/>
    protected override Tensor UnrollOutputs(Tensor x, RecurrentState state) => Outputs(States(x, state));

    private Tensor States(Tensor x, RecurrentState state) =>
        x.Lstm(WeightIh, WeightHh, BiasHh is null ? BiasIh.Value : BiasIh.Value + BiasHh, state.Hidden, state.Cell!);

    // h₁ to h_T of h₀, …, h_T, c_T, and samples first.
    private static Tensor Outputs(Tensor states) => states.Slice(0, 1, states.Shape[0] - 2).Permute(1, 0, 2);

    private static Initializer? ForgetAt(int hidden, float? value) => value is null ? null : (shape, generator) =>
    {
        var bias = Initializers.UniformWithin(1 / MathF.Sqrt(hidden))(shape, generator);
        bias.AsSpan(hidden, hidden).Fill(value.Value);
        return bias;
    };
}
