namespace DeepNotes;

/// <summary>
/// A recurrent layer that is one formula, <see cref="Step"/>: from xₜ·W_ihᵀ + b_ih and the state before to the state after.
/// Gradients follow from the operations that each step records.
/// </summary>
/// <inheritdoc cref="Recurrent(int, int, int, bool, ulong?, Initializer?, Initializer?)" path="/param"/>
public abstract class Stepwise(int inputs, int hidden, int gates, bool twoBiases, ulong? seed)
    : Recurrent(inputs, hidden, gates, twoBiases, seed)
{
    /// <summary>The formula of one step.</summary>
    /// <param name="fromInput">xₜ·W_ihᵀ + b_ih, [N, gates · hidden].</param>
    /// <param name="previous">The state before the step.</param>
    protected abstract RecurrentState Step(Tensor fromInput, RecurrentState previous);

    /// <inheritdoc/>
    protected sealed override (Tensor Outputs, RecurrentState State) Unroll(Tensor x, RecurrentState state)
    {
        var (n, steps) = (x.Shape[0], x.Shape[1]);
        var fromInputs = x.Reshape(n * steps, Inputs).MatMul(WeightIh, BiasIh.Value, transposeB: true).Reshape(n, steps, -1);
        var (inputs, outputs) = (fromInputs.Split(1, steps), new Tensor[steps]);
        for (var t = 0; t < steps; t++)
        {
            state = Step(inputs[t].Reshape(n, -1), state);
            outputs[t] = state.Hidden;
        }

        return (Tensor.Stack(1, outputs), state);
    }

    /// <summary>h·W_hhᵀ + b_hh, [N, gates · hidden].</summary>
    protected Tensor FromHidden(Tensor h) => h.MatMul(WeightHh, BiasHh?.Value, transposeB: true);
}
