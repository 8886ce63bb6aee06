namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>True for a tensor that asked for its gradient and for all that was computed from it.</summary>
    public bool RequiresGradient { get; private set; }

    /// <summary>After <see cref="Backward(bool)"/>: d loss / d this, of the same shape; sums up until cleared.</summary>
    public Tensor? Gradient { get; private set; }

    /// <summary>The recorded step that made this tensor; null for one that was made from values.</summary>
    public Operation? Source { get; private set; }

    private bool KeepsGradient { get; set; }

    /// <summary>Asks for this tensor's gradient, also when it is an intermediate result, or no longer; returns the tensor.</summary>
    public Tensor RequireGradient(bool isRequired = true)
    {
        RequiresGradient = KeepsGradient = isRequired;
        Gradient = isRequired ? Gradient : null;
        return this;
    }

    /// <summary>Forgets the gradient, before the next backward pass.</summary>
    public void ClearGradient() => Gradient = null;

    /// <summary>
    /// Writes down how <paramref name="value"/> was made, so that gradients flow back through
    /// <paramref name="pullback"/>: how a chapter or a layer adds an operation of its own.
    /// </summary>
    /// <param name="name">The operation's name, for messages and drawings of the graph.</param>
    /// <param name="value">What was computed.</param>
    /// <param name="inputs">From which tensors.</param>
    /// <param name="pullback">dy ↦ one gradient for each input, or null.</param>
    public static Tensor Record(string name, Tensor value, Tensor[] inputs, Pullback pullback)
    {
        if (Recording.IsOn && Array.Exists(inputs, static input => input.RequiresGradient))
        {
            value.RequiresGradient = true;
            value.Source = new Operation(name, inputs, pullback);
        }

        return value;
    }

    /// <summary>The gradients that this tensor's own operation passes to its inputs for a gradient dy.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not the result of a recorded operation.</exception>
    public Tensor?[] Pullback(Tensor dy)
    {
        var source = Source ?? throw new InvalidOperationException("Pullback: this tensor is not the result of a recorded operation.");
        CheckGradient(source.Name, dy, this);
        using (Recording.Pause())
        {
            var gradients = source.Pull(dy);
            return [.. gradients.Select((dx, i) => dx is null ? null : Fit(source.Name, dx, source.Inputs[i]))];
        }
    }

    /// <summary>
    /// Reverse-mode differentiation: the gradient of this scalar with respect to every tensor that requires one. The
    /// record is released on the way, unless it is kept for another pass.
    /// </summary>
    /// <exception cref="ShapeException">This tensor has more than one element: give the upstream gradient.</exception>
    public void Backward(bool keepTape = false)
    {
        if (Length != 1)
        {
            throw new ShapeException($"Backward: expected a scalar loss, got {Shape}; reduce it with Sum() or Mean(), or pass its gradient.");
        }

        Backward(Full(Shape, 1, Device), keepTape);
    }

    /// <summary>As <see cref="Backward(bool)"/>, starting from a given d loss / d this.</summary>
    public void Backward(Tensor dy, bool keepTape = false)
    {
        if (!RequiresGradient)
        {
            throw new InvalidOperationException("Backward: nothing here requires a gradient; call RequireGradient() on an input before computing.");
        }

        CheckGradient("Backward", dy, this);
        using (Recording.Pause())
        {
            BackwardPass.Run(this, dy, keepTape);
        }
    }

    // The one place where broadcasting is undone and a gradient's shape is checked.
    private static Tensor Fit(string operation, Tensor dx, Tensor x)
    {
        dx = dx.Shape == x.Shape ? dx : dx.SumTo(x.Shape);
        CheckGradient(operation, dx, x);
        return dx;
    }

    private static void CheckGradient(string operation, Tensor dx, Tensor x)
    {
        if (dx.Shape != x.Shape)
        {
            throw new ShapeException($"{operation}: a gradient of shape {dx.Shape} for a tensor of shape {x.Shape}.");
        }
    }
}
