namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>True for a tensor that asked for its gradient and for all that was computed from it.</summary>
    public bool RequiresGradient { get; private set; }

    /// <summary>
    /// After <see cref="Backward(bool, bool)"/>: d loss / d this, of the same shape, in memory of its own; sums up until
    /// cleared.
    /// </summary>
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
    /// <paramref name="pullback"/>: how a chapter or a layer adds a custom operation.
    /// </summary>
    /// <param name="name">The operation's name, for messages and drawings of the graph.</param>
    /// <param name="value">What was computed.</param>
    /// <param name="inputs">From which tensors.</param>
    /// <param name="pullback">
    /// dy ↦ one gradient for each input, or null. Written in tensor operations on the inputs, the value and dy, it has a
    /// derivative of its own: <see cref="Recording.IsOn"/> while a pass creates its graph.
    /// </param>
    public static Tensor Record(string name, Tensor value, Tensor[] inputs, Pullback pullback) =>
        IsRecorded(inputs) ? value.MadeBy(new Operation(name, inputs, pullback)) : value;

    /// <summary>As <see cref="Record(string, Tensor, Tensor[], Pullback)"/>, with what the operation was given besides.</summary>
    internal static Tensor Record<TArgument>(string name, Tensor value, Tensor[] inputs, TArgument argument, Pullback pullback) =>
        IsRecorded(inputs) ? value.MadeBy(new Operation<TArgument>(name, inputs, argument, pullback)) : value;

    private Tensor MadeBy(Operation operation)
    {
        (RequiresGradient, Source) = (true, operation);
        return this;
    }

    /// <summary>The gradients that this tensor's own operation passes to its inputs for a gradient dy.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not the result of a recorded operation, or a value that the gradient needs was changed since.</exception>
    public Tensor?[] Pullback(Tensor dy)
    {
        var source = Source ?? throw new InvalidOperationException("Pullback: this tensor is not the result of a recorded operation.");
        CheckGradient(source.Name, dy, this);
        using (Recording.Pause())
        {
            var own = new OwnMemory();
            own.Begin();
            var gradients = source.Pull(dy);
            return [.. gradients.Select((dx, i) => dx is null ? null : own.Take(Fit(source.Name, dx, source.Inputs[i])))];
        }
    }

    /// <summary>
    /// Reverse-mode differentiation: adds the gradient of this scalar to <see cref="Gradient"/> of every tensor that
    /// requires one.
    /// </summary>
    /// <param name="keepTape">Keeps the record for another pass; otherwise it is released during this one.</param>
    /// <param name="createGraph">Records the pass itself, so that the gradients can be differentiated; keeps the tape too.</param>
    /// <exception cref="ShapeException">This tensor has more than one element: give the upstream gradient.</exception>
    /// <exception cref="InvalidOperationException">
    /// Nothing requires a gradient, the record was released, or a value that a gradient needs was changed in place since it
    /// was used; no gradient has changed.
    /// </exception>
    public void Backward(bool keepTape = false, bool createGraph = false) => Backward(One("Backward"), keepTape, createGraph);

    /// <summary>As <see cref="Backward(bool, bool)"/>, starting from a given d loss / d this.</summary>
    public void Backward(Tensor dy, bool keepTape = false, bool createGraph = false)
    {
        using (BeginPass("Backward", dy, createGraph))
        {
            BackwardPass.Store(this, dy, keepTape, createGraph);
        }
    }

    /// <summary>
    /// d y / d x for each of <paramref name="xs"/>, Σ dy·(d y / d x) where y is no scalar, without touching any
    /// <see cref="Gradient"/>; zeros where y does not depend on x. Recorded, they can be differentiated again: a gradient
    /// penalty is <c>Gradients(y.Sum(), [x], createGraph: true)[0].Square().Sum()</c>.
    /// </summary>
    /// <param name="y">What to differentiate.</param>
    /// <param name="xs">With respect to what: inputs or intermediate results that require a gradient.</param>
    /// <param name="dy">The upstream gradient, of y's shape; 1 unless given.</param>
    /// <param name="keepTape">Keeps the record of y for another pass.</param>
    /// <param name="createGraph">Records the pass itself, and keeps the tape.</param>
    /// <exception cref="ShapeException">y has more than one element and no dy is given, or dy has another shape.</exception>
    /// <exception cref="InvalidOperationException">As <see cref="Backward(bool, bool)"/>, or an x requires no gradient.</exception>
    public static Tensor[] Gradients(Tensor y, IReadOnlyList<Tensor> xs, Tensor? dy = null, bool keepTape = false, bool createGraph = false)
    {
        if (xs.FirstOrDefault(x => !x.RequiresGradient) is { } constant)
        {
            throw new InvalidOperationException($"Gradients: a tensor {constant.Shape} requires no gradient; call RequireGradient() on it before computing y.");
        }

        dy ??= y.One("Gradients");
        using (y.BeginPass("Gradients", dy, createGraph))
        {
            var found = xs.Count == 0 ? [] : BackwardPass.Of(y, dy, xs, keepTape, createGraph);
            var given = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
            return [.. xs.Select(x => !found.TryGetValue(x, out var gradient) ? Full(x.Shape, 0, x.Device) : given.Add(x) ? gradient : gradient.Copy())];
        }
    }

    // Asked before a pullback is made: most operations of a backward pass are not recorded.
    private static bool IsRecorded(Tensor input) => input.RequiresGradient && Recording.IsOn;

    private static bool IsRecorded(Tensor[] inputs) => Recording.IsOn && Array.Exists(inputs, static input => input.RequiresGradient);

    private Tensor One(string operation) => Length == 1
        ? Full(Shape, 1, Device)
        : throw new ShapeException($"{operation}: expected a scalar loss, got {Shape}; reduce it with Sum() or Mean(), or pass its gradient.");

    private IDisposable? BeginPass(string operation, Tensor dy, bool createGraph)
    {
        if (!RequiresGradient)
        {
            throw new InvalidOperationException($"{operation}: nothing here requires a gradient; call RequireGradient() on an input before computing.");
        }

        CheckGradient(operation, dy, this);
        if (createGraph && !Recording.IsOn)
        {
            throw new InvalidOperationException($"{operation}: the graph of a gradient can't be created while recording is paused; end the pause before.");
        }

        return createGraph ? null : Recording.Pause();
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

        x.CheckDevice(operation, dx);
    }
}
