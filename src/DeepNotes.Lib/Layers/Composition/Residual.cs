namespace DeepNotes;

/// <summary>
/// y = f(x) + s(x): what a branch adds to its input (He et al. 2016). The shortcut s is the identity unless given; where
/// f changes the shape, it is a 1×1 convolution. dx = f's gradient + s's: the second one reaches every layer undamped.
/// </summary>
public sealed class Residual(Layer branch, Layer? shortcut = null) : Layer
{
    /// <summary>f.</summary>
    public Layer Branch { get; } = branch;

    /// <summary>s, or null for the identity.</summary>
    public Layer? Shortcut { get; } = shortcut;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var (y, same) = (Branch.Forward(x), Shortcut?.Forward(x) ?? x);
        return y.Shape == same.Shape
            ? y + same
            : throw new ShapeException($"Residual: the branch gives {y.Shape}, the shortcut {same.Shape}; give a shortcut that changes the shape alike.");
    }
}
