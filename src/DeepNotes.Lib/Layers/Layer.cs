using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>A layer is its parameters and one formula, y = f(x), written in <see cref="Compute"/>.</summary>
public abstract class Layer : Module
{
    private static readonly AsyncLocal<Action<Layer, Tensor, Tensor>?> Watcher = new();

    /// <summary>y = f(x).</summary>
    /// <exception cref="ShapeException">The input does not fit; names the layer and what it expects.</exception>
    public Tensor Forward(Tensor x)
    {
        var y = Compute(x ?? throw new ArgumentNullException(nameof(x), $"{this}: expected a tensor, got null."));
        Watcher.Value?.Invoke(this, x, y);
        return y;
    }

    /// <summary>Notifies the watchers of a value computed from an input that is not a tensor; x is created only if there are any.</summary>
    private protected void Show(Func<Tensor> x, Tensor y) => Watcher.Value?.Invoke(this, x(), y);

    /// <summary>y = f(x) as in evaluation, without recording, for inputs that need no gradient.</summary>
    public Tensor Predict(Tensor x)
    {
        var before = IsTraining;
        Train(false);
        try
        {
            using (Recording.Pause())
            {
                return Forward(x);
            }
        }
        finally
        {
            Train(before);
        }
    }

    /// <summary>
    /// The outputs, parameters, multiply-accumulates, activation memory and receptive fields of this network for an input of this
    /// shape, from shapes alone: no value is computed or allocated.
    /// </summary>
    /// <exception cref="ShapeException">The input does not fit; names the layer and what it expects.</exception>
    public NetworkSummary Summary(Shape input) => SummaryBuilder.Of(this, input);

    /// <summary>
    /// Calls <paramref name="seen"/> with each layer, its input and its output after its forward pass, inner layers before the layer
    /// that contains them, until the result is disposed: a forward hook for every layer, to collect or draw activations.
    /// </summary>
    public static IDisposable Watch(Action<Layer, Tensor, Tensor> seen)
    {
        var before = Watcher.Value;
        Watcher.Value = before + seen;
        return new Scope(() => Watcher.Value = before);
    }

    /// <summary>Whether a watcher is attached: then layers are not fused, so that each has an output to report.</summary>
    private protected static bool IsWatched => Watcher.Value is not null;

    /// <summary>Whether each element of y depends on the same element of x alone, so that y could be computed in place.</summary>
    internal virtual bool IsElementwise => false;

    /// <summary>The formula.</summary>
    protected abstract Tensor Compute(Tensor x);

    /// <summary>Throws unless the input is [N, <paramref name="features"/>].</summary>
    protected void ExpectRows(Tensor x, int features)
    {
        if (x.Shape.Count != 2 || x.Shape[1] != features)
        {
            throw new ShapeException($"{this}: expected [N, {features}], got {x.Shape}.");
        }
    }

    /// <summary>Throws unless the input is images [N, <paramref name="channels"/>, H, W].</summary>
    protected void ExpectImages(Tensor x, int channels)
    {
        if (x.Shape.Count != 4 || x.Shape[1] != channels)
        {
            throw new ShapeException($"{this}: expected [N, {channels}, H, W], got {x.Shape}.");
        }
    }
}
