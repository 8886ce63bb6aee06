namespace DeepNotes;

/// <summary>
/// y = f(x) + s(x): what a branch adds to its input (He et al. 2016). The shortcut s is the identity unless given; where
/// f changes the shape, it is a 1×1 convolution. dx = f's gradient + s's: the second reaches every layer unchanged.
/// </summary>
public sealed class Residual(Layer branch, Layer? shortcut = null) : Layer
{
    /// <summary>f.</summary>
    public Layer Branch { get; } = branch;

    /// <summary>s, or null for the identity.</summary>
    public Layer? Shortcut { get; } = shortcut;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => Sum(Branch.Forward(x), Shortcut?.Forward(x) ?? x);

    /// <summary>
    /// f(x) + s(x), or max(0, f(x) + s(x)) where it <paramref name="rectifies"/>, without broadcasting: that would hide a
    /// shortcut that does not fit.
    /// </summary>
    internal static Tensor Sum(Tensor branch, Tensor shortcut, bool rectifies = false)
    {
        if (branch.Shape != shortcut.Shape)
        {
            throw new ShapeException(
                $"Residual: the branch gives {branch.Shape}, the shortcut {shortcut.Shape}; give a shortcut that changes the shape alike.");
        }

        return rectifies ? Tensor.AddReLU(branch, shortcut) : branch + shortcut;
    }
}
