namespace DeepNotes;

/// <summary>
/// Convolution of images x [N, inputs, H, W] with kernels W [outputs, inputs/groups, KH, KW] (a cross-correlation, as
/// everywhere in deep learning): y[n, f, i, j] = b[f] + Σ x[n, c, i·s + p·d - top, j·s + q·d - left]·W[f, c, p, q].
/// Gradients: dW correlates x with dy, dx is dy convolved with W turned by 180°, db = Σ dy.
/// </summary>
public sealed class Conv2d : Layer, IWindowed
{
    /// <summary>A convolution from <paramref name="inputs"/> to <paramref name="outputs"/> channels.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">Height and width of the kernels.</param>
    /// <param name="stride">The step from one position to the next; 1 unless given.</param>
    /// <param name="padding">The padding around the image; none unless given.</param>
    /// <param name="dilation">The step from one tap to the next; 1 unless given.</param>
    /// <param name="groups">Groups of channels that are convolved separately; with as many groups as inputs, a depthwise convolution.</param>
    /// <param name="bias">Whether a bias b is added.</param>
    /// <param name="paddingMode">How the padding is filled.</param>
    /// <param name="initializer">The initializer of W; U(±1/√fanIn) unless given, as in PyTorch.</param>
    /// <param name="biasInitializer">The initializer of b; U(±1/√fanIn) unless given, as in PyTorch.</param>
    /// <param name="seed">Fixes W and b; the next of <see cref="Seeds"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive, or groups that do not divide the channels.</exception>
    public Conv2d(
        int inputs, int outputs, Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? dilation = null,
        int groups = 1, bool bias = true, PaddingMode paddingMode = PaddingMode.Zero, Initializer? initializer = null,
        Initializer? biasInitializer = null, ulong? seed = null)
    {
        Check.AtLeast(1, inputs, nameof(Conv2d));
        Check.AtLeast(1, outputs, nameof(Conv2d));
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(groups), $"Conv2d: groups {groups}: expected a divisor of {inputs} inputs and of {outputs} outputs.");
        }

        (Inputs, Outputs, Groups, PaddingMode) = (inputs, outputs, groups, paddingMode);
        Kernel = kernel.Positive(nameof(Conv2d), nameof(kernel));
        Stride = (stride ?? 1).Positive(nameof(Conv2d), nameof(stride));
        Dilation = (dilation ?? 1).Positive(nameof(Conv2d), nameof(dilation));
        Padding = padding.NotNegative(nameof(Conv2d), nameof(padding));
        var generator = new Generator(seed ?? Seeds.Next());
        Weight = new Parameter([outputs, inputs / groups, kernel.Height, kernel.Width], initializer ?? Initializers.FanIn, generator.NextBits());
        var bound = 1 / MathF.Sqrt(inputs / groups * kernel.Area);
        Bias = bias ? new Parameter([outputs], biasInitializer ?? Initializers.UniformWithin(bound), generator.NextBits()) : null;
    }

    /// <summary>A convolution initialised with copies of these kernels, from which its sizes follow.</summary>
    /// <param name="weight">W [outputs, inputs/groups, KH, KW].</param>
    /// <param name="bias">b [outputs]; none unless given.</param>
    /// <param name="stride">The step from one position to the next; 1 unless given.</param>
    /// <param name="padding">The padding around the image; none unless given.</param>
    /// <param name="dilation">The step from one tap to the next; 1 unless given.</param>
    /// <param name="groups">Groups of channels that are convolved separately.</param>
    /// <param name="paddingMode">How the padding is filled.</param>
    /// <exception cref="ShapeException">W does not have four axes, or b has another length than there are outputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive, or groups that do not divide the outputs.</exception>
    public static Conv2d From(
        Tensor weight, Tensor? bias = null, Size2D? stride = null, Padding padding = default, Size2D? dilation = null, int groups = 1,
        PaddingMode paddingMode = PaddingMode.Zero)
    {
        var shape = InitialValues.ShapeOf(weight, "Conv2d.From", "Weight [outputs, inputs/groups, KH, KW]");
        var inputs = checked(shape[1] * Check.AtLeast(1, groups, "Conv2d.From"));
        return new Conv2d(inputs, shape[0], (shape[2], shape[3]), stride, padding, dilation, groups, bias is not null, paddingMode, seed: 0)
            .Holding(weight, bias);
    }

    /// <summary>Channels of x.</summary>
    public int Inputs { get; }

    /// <summary>Channels of y.</summary>
    public int Outputs { get; }

    /// <inheritdoc/>
    public Size2D Kernel { get; }

    /// <inheritdoc/>
    public Size2D Stride { get; }

    /// <inheritdoc/>
    public Size2D Dilation { get; }

    /// <summary>The padding around the images.</summary>
    public Padding Padding { get; }

    /// <summary>How the padding is filled.</summary>
    public PaddingMode PaddingMode { get; }

    /// <summary>Groups of channels that are convolved separately.</summary>
    public int Groups { get; }

    /// <summary>W [outputs, inputs/groups, KH, KW].</summary>
    public Parameter Weight { get; }

    /// <summary>b [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        ExpectImages(x, Inputs);
        var padding = Padding;
        if (PaddingMode == PaddingMode.Replicate)
        {
            var (top, bottom, left, right) = Padding.Around((x.Shape[2], x.Shape[3]), Kernel, Stride, Dilation);
            (x, padding) = (x.Pad(top, bottom, left, right, PaddingMode.Replicate), default);
        }

        var y = x.Convolve(Weight, Stride, padding, Dilation, Groups);
        return Bias is null ? y : y + Bias.Value.Reshape(Outputs, 1, 1);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"Conv2d({Inputs}→{Outputs}, {Kernel}{(Stride == 1 ? "" : $", stride {Stride}")}{(Padding == default ? "" : $", padding {Padding}")}"
        + $"{(Dilation == 1 ? "" : $", dilation {Dilation}")}{(Groups == 1 ? "" : $", {Groups} groups")})";
}
