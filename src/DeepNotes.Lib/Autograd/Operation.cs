namespace DeepNotes;

/// <summary>
/// The gradient of a loss with respect to each input of an operation, from the gradient <paramref name="dy"/> with
/// respect to its value; null for an input that has none.
/// </summary>
public delegate Tensor?[] Pullback(Tensor dy);

/// <summary>One recorded step: which inputs made a value, and how a gradient flows back through it.</summary>
public sealed class Operation
{
    private Tensor[] _inputs;
    private Pullback? _pullback;

    internal Operation(string name, Tensor[] inputs, Pullback pullback)
    {
        Name = name;
        (_inputs, _pullback) = (inputs, pullback);
    }

    /// <summary>What was done: "MatMul".</summary>
    public string Name { get; }

    /// <summary>The operands; empty once the tape was released.</summary>
    public IReadOnlyList<Tensor> Inputs => _inputs;

    /// <summary>The same without an enumerator on the heap, for the walk of every training step.</summary>
    internal ReadOnlySpan<Tensor> Operands => _inputs;

    internal bool IsReleased => _pullback is null;

    internal Tensor?[] Pull(Tensor dy) => _pullback is { } pullback
        ? pullback(dy)
        : throw new InvalidOperationException(
            $"{Name}: its tape was released by an earlier Backward(). Run the forward pass again, or keep the tape with Backward(keepTape: true).");

    internal void Release()
    {
        (_inputs, _pullback) = ([], null);
    }
}
