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

    /// <summary>Shows to whoever looks what was computed from an input that is no tensor.</summary>
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
    /// What this network makes of an input of this shape: outputs, parameters, multiply-accumulates, activation memory and
    /// receptive fields, without computing or allocating anything.
    /// </summary>
    /// <exception cref="ShapeException">The input does not fit; names the layer and what it expects.</exception>
    public NetworkSummary Summary(Shape input) => SummaryBuilder.Of(this, input);

    /// <summary>
    /// Shows each layer's input and output to <paramref name="seen"/>, inner layers before the one that holds them, until
    /// the result is disposed: how activations are counted, drawn and summarised without touching the network.
    /// </summary>
    public static IDisposable Watch(Action<Layer, Tensor, Tensor> seen)
    {
        var before = Watcher.Value;
        Watcher.Value = before + seen;
        return new Scope(() => Watcher.Value = before);
    }

    /// <summary>Whether somebody looks: then every layer computes its own value, and none is left out.</summary>
    private protected static bool IsWatched => Watcher.Value is not null;

    /// <summary>Whether each value of y comes from the value of x in its place alone, so that y can take x's memory.</summary>
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
