using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// The gradient of a loss with respect to each input of an operation, from the gradient <paramref name="dy"/> with
/// respect to its value; null for an input that has none. Written in tensor operations it has a derivative of its own.
/// </summary>
public delegate Tensor?[] Pullback(Tensor dy);

/// <summary>One recorded step: which inputs made a value, and how a gradient flows back through it.</summary>
public class Operation
{
    // Whose pullback is computed on this thread.
    [ThreadStatic]
    private static Operation? _pulled;

    private readonly long _recorded = DeviceBuffer.NextEvent();
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

    /// <summary>What there was besides the operands: a function, an order of axes, a window; null where there is nothing.</summary>
    internal virtual object? Argument => null;

    internal Tensor?[] Pull(Tensor dy)
    {
        var pullback = _pullback ?? throw new InvalidOperationException(
            $"{Name}: its tape was released by an earlier Backward(). Run the forward pass again, or keep the tape with Backward(keepTape: true).");

        // The gradient that is given is right as it is now: it may be older than this operation, and have been changed since.
        var upstream = dy.IsChanged ? dy.Copy() : dy;
        var outer = _pulled;
        _pulled = this;
        try
        {
            return pullback(upstream);
        }
        finally
        {
            _pulled = outer;
        }
    }

    internal void Release()
    {
        (_inputs, _pullback) = ([], null);
    }

    /// <summary>
    /// Throws where a pullback reads values that were changed since its operation was recorded: they are not those that the
    /// gradient is of. What a pullback does not read may change, and what it makes for itself.
    /// </summary>
    internal static void CheckRead(DeviceBuffer buffer, Shape shape)
    {
        if (_pulled is { } operation && buffer.Changed > operation._recorded && buffer.Made < operation._recorded)
        {
            throw new InvalidOperationException(
                $"{operation.Name}: its gradient needs a tensor {shape} as it was in the forward pass, but that was changed in place since, by Assign, by an optimizer's step or by loading weights. "
                + "Call Backward() before the change, compute the loss anew after it, or change a copy made by Keep().");
        }
    }
}

/// <summary>An operation that was given more than its operands, for those who translate the record.</summary>
internal sealed class Operation<TArgument>(string name, Tensor[] inputs, TArgument argument, Pullback pullback) : Operation(name, inputs, pullback)
{
    internal override object? Argument => argument;
}
