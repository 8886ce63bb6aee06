namespace DeepNotes;

/// <summary>
/// A layer that reads a sequence step by step, from x [N, T, inputs] to the hidden states of all steps, [N, T, hidden].
/// The product with x is computed for all steps at once; only h·W_hhᵀ is computed step by step. Weights, gates and their
/// order are PyTorch's.
/// </summary>
public abstract class Recurrent : Layer
{
    /// <summary>A layer with gates, each of which has its rows in the weights.</summary>
    /// <param name="inputs">Features of x.</param>
    /// <param name="hidden">Features of h.</param>
    /// <param name="gates">The number of blocks of <paramref name="hidden"/> rows in the weights.</param>
    /// <param name="twoBiases">Whether there is a b_hh in addition to b_ih, as in PyTorch.</param>
    /// <param name="seed">Fixes all values, U(±1/√hidden); the next of <see cref="Seeds"/> unless given.</param>
    /// <param name="biasIh">The initializer of b_ih, if it differs from that of the others.</param>
    /// <param name="biasHh">The initializer of b_hh, if it differs from that of the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive.</exception>
    protected Recurrent(
        int inputs, int hidden, int gates, bool twoBiases, ulong? seed, Initializer? biasIh = null, Initializer? biasHh = null)
    {
        Check.AtLeast(1, inputs, GetType().Name);
        Check.AtLeast(1, hidden, GetType().Name);
        var (generator, rows) = (new Generator(seed ?? Seeds.Next()), checked(gates * hidden));
        var uniform = Initializers.UniformWithin(1 / MathF.Sqrt(hidden));
        (Inputs, Hidden) = (inputs, hidden);
        WeightIh = new Parameter([rows, inputs], uniform, generator.NextBits());
        WeightHh = new Parameter([rows, hidden], uniform, generator.NextBits());
        BiasIh = new Parameter([rows], biasIh ?? uniform, generator.NextBits());
        BiasHh = twoBiases ? new Parameter([rows], biasHh ?? uniform, generator.NextBits()) : null;
    }

    /// <summary>Features of x.</summary>
    public int Inputs { get; }

    /// <summary>Features of h.</summary>
    public int Hidden { get; }

    /// <summary>W_ih [gates · hidden, inputs].</summary>
    public Parameter WeightIh { get; }

    /// <summary>W_hh [gates · hidden, hidden].</summary>
    public Parameter WeightHh { get; }

    /// <summary>b_ih [gates · hidden].</summary>
    public Parameter BiasIh { get; }

    /// <summary>b_hh [gates · hidden], or null.</summary>
    public Parameter? BiasHh { get; }

    /// <summary>Whether the state has a cell in addition to the hidden values.</summary>
    protected virtual bool HasCell => false;

    /// <summary>
    /// Reads a sequence [N, T, inputs] from a state, zeros unless given: all hidden states [N, T, hidden], and the state
    /// after the last step, from which the next part of the sequence can go on.
    /// </summary>
    /// <exception cref="ShapeException">The sequence or the state does not fit.</exception>
    public (Tensor Outputs, RecurrentState State) Run(Tensor x, RecurrentState? state = null)
    {
        CheckSequence(x);
        return Unroll(x, Started(state, [x.Shape[0], Hidden], x));
    }

    /// <summary>Computes all steps of a sequence [N, T, inputs] of at least one step, from a state that fits.</summary>
    protected abstract (Tensor Outputs, RecurrentState State) Unroll(Tensor x, RecurrentState state);

    /// <summary>As <see cref="Unroll"/>, for callers that do not need the last state.</summary>
    protected virtual Tensor UnrollOutputs(Tensor x, RecurrentState state) => Unroll(x, state).Outputs;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        CheckSequence(x);
        return UnrollOutputs(x, Started(null, [x.Shape[0], Hidden], x));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Inputs}→{Hidden})";

    private void CheckSequence(Tensor x)
    {
        if (x.Shape.Count != 3 || x.Shape[2] != Inputs || x.Length == 0)
        {
            throw new ShapeException($"{this}: expected [N, T, {Inputs}] of at least one step, got {x.Shape}.");
        }
    }

    private RecurrentState Started(RecurrentState? state, Shape shape, Tensor x)
    {
        if (state is null)
        {
            var zeros = Tensor.Full(shape, 0, x.Device);
            return new RecurrentState(zeros, HasCell ? zeros : null);
        }

        var expected = HasCell ? $"{shape} and a cell {shape}" : $"{shape} without a cell";
        return state.Hidden.Shape == shape && state.Cell?.Shape == (HasCell ? shape : null)
            ? state
            : throw new ShapeException(
                $"{this}: expected a state {expected}, got {state.Hidden.Shape} {(state.Cell is null ? "without a cell" : $"and a cell {state.Cell.Shape}")}.");
    }
}

/// <summary>The state that a recurrent layer passes from one step to the next.</summary>
/// <param name="Hidden">h [N, hidden], which is also the step's output.</param>
/// <param name="Cell">c [N, hidden] of an <see cref="LSTM"/>; null for other layers.</param>
public sealed record RecurrentState(Tensor Hidden, Tensor? Cell = null)
{
    /// <summary>The same values without their graph: where backpropagation through a long sequence is truncated.</summary>
    public RecurrentState Detach() => new(Hidden.Detach(), Cell?.Detach());
}
