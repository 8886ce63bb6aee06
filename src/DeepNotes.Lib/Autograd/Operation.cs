using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// The gradient of a loss with respect to each input of an operation, from the gradient <paramref name="dy"/> with
/// respect to its value; null for an input without a gradient. Written in tensor operations it can be differentiated again.
/// </summary>
public delegate Tensor?[] Pullback(Tensor dy);

/// <summary>One recorded step: which inputs made a value, and how a gradient flows back through it.</summary>
public class Operation
{
    // The operation whose pullback is running on this thread.
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

    /// <summary>As <see cref="Inputs"/>, without an enumerator on the heap: the backward pass of every training step reads it.</summary>
    internal ReadOnlySpan<Tensor> Operands => _inputs;

    /// <summary>The argument besides the operands, such as a function, an order of axes or a window; null if there is none.</summary>
    internal virtual object? Argument => null;

    internal Tensor?[] Pull(Tensor dy)
    {
        var pullback = _pullback ?? throw new InvalidOperationException(
            $"{Name}: its tape was released by an earlier Backward(). Run the forward pass again, or keep the tape with Backward(keepTape: true).");

        // A gradient that was changed in place is valid as it is now: the copy is not mistaken for a stale value of the forward pass.
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
    /// Throws if a pullback reads a value that was changed in place since its operation was recorded: the gradient would be wrong.
    /// Values that a pullback does not read may change, and so may values that it makes itself.
    /// </summary>
    internal static void CheckRead(DeviceBuffer buffer, Shape shape)
    {
        if (_pulled is { } operation && buffer.ChangedAt > operation._recorded && buffer.CreatedAt < operation._recorded)
        {
            throw new InvalidOperationException(
                $"{operation.Name}: its gradient needs a tensor {shape} as it was in the forward pass, but that was changed in place since, by Assign, by an optimizer's step or by loading weights. "
                + "Call Backward() before the change, compute the loss anew after it, or change a copy made by Keep().");
        }
    }
}

/// <summary>An operation with an argument besides its operands, for translations of the tape to other formats.</summary>
internal sealed class Operation<TArgument>(string name, Tensor[] inputs, TArgument argument, Pullback pullback) : Operation(name, inputs, pullback)
{
    internal override object? Argument => argument;
}
