namespace DeepNotes;

/// <summary>
/// What residual networks are made of (He, Zhang, Ren, Sun 2016, "Deep residual learning for image recognition"):
/// y = ReLU(f(x) + s(x)), where the shortcut s is the identity, or <see cref="Downsample"/> where f changes the shape: a 1×1
/// convolution, normalised, unless another is given.
/// </summary>
public abstract class ResidualBlock : Layer
{
    /// <summary>The nonlinearity.</summary>
    public ReLU ReLU { get; } = new();

    /// <summary>s, or null for the identity.</summary>
    public abstract Layer? Downsample { get; }

    /// <summary>f(x), before the sum.</summary>
    protected abstract Tensor Branch(Tensor x);

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x) => ReLU.ForwardSum(Branch(x), Downsample?.Forward(x) ?? x);

    /// <summary>A convolution as all residual networks have them: no bias, which the normalisation would cancel; N(0, 2/fanOut).</summary>
    internal static Conv2d Convolution(int inputs, int outputs, int kernel, int stride = 1) =>
        new(inputs, outputs, kernel, stride, kernel / 2, bias: false, initializer: Initializers.HeNormalFanOut);

    // Option B of He et al.
    private protected static Sequential? Projection(int inputs, int outputs, int stride) => stride == 1 && inputs == outputs
        ? null
        : [Convolution(inputs, outputs, 1, stride), new BatchNorm2d(outputs)];
}

/// <summary>Two 3×3 convolutions and a shortcut: [N, inputs, H, W] to [N, outputs, ⌈H/stride⌉, ⌈W/stride⌉] (He et al. 2016).</summary>
/// <param name="inputs">Channels of x.</param>
/// <param name="outputs">Channels of y.</param>
/// <param name="stride">Of the first convolution.</param>
/// <param name="downsample">The shortcut; unless given, the identity, or a 1×1 convolution where the shape changes.</param>
public sealed class BasicBlock(int inputs, int outputs, int stride = 1, Layer? downsample = null) : ResidualBlock
{
    /// <summary>The first convolution, with the stride.</summary>
    public Conv2d Conv1 { get; } = Convolution(inputs, outputs, 3, stride);

    /// <summary>Behind the first.</summary>
    public BatchNorm2d Bn1 { get; } = new(outputs);

    /// <summary>The second convolution.</summary>
    public Conv2d Conv2 { get; } = Convolution(outputs, outputs, 3);

    /// <summary>Behind the second.</summary>
    public BatchNorm2d Bn2 { get; } = new(outputs);

    /// <inheritdoc/>
    public override Layer? Downsample { get; } = downsample ?? Projection(inputs, outputs, stride);

    /// <inheritdoc/>
    protected override Tensor Branch(Tensor x)
    {
        var y = ReLU.ForwardAfter(Bn1, Conv1.Forward(x));
        return Bn2.Forward(Conv2.Forward(y));
    }
}

/// <summary>
/// 1×1 down to a width, 3×3 there, 1×1 up to four times the width, and a shortcut: [N, inputs, H, W] to
/// [N, 4·width, ⌈H/stride⌉, ⌈W/stride⌉] (He et al. 2016). With 256 channels and a width of 64 it has 69,632 weights, where
/// two 3×3 convolutions would have 1,179,648. The stride is in the 3×3, as in torchvision; the paper has it in the first 1×1,
/// which skips three of four values unseen.
/// </summary>
/// <param name="inputs">Channels of x.</param>
/// <param name="width">Channels in between.</param>
/// <param name="stride">Of the 3×3 convolution.</param>
public sealed class Bottleneck(int inputs, int width, int stride = 1) : ResidualBlock
{
    /// <summary>Channels of y for each channel in between.</summary>
    public const int Expansion = 4;

    /// <summary>1×1, down to the width.</summary>
    public Conv2d Conv1 { get; } = Convolution(inputs, width, 1);

    /// <summary>Behind the first.</summary>
    public BatchNorm2d Bn1 { get; } = new(width);

    /// <summary>3×3, with the stride.</summary>
    public Conv2d Conv2 { get; } = Convolution(width, width, 3, stride);

    /// <summary>Behind the second.</summary>
    public BatchNorm2d Bn2 { get; } = new(width);

    /// <summary>1×1, up to four times the width.</summary>
    public Conv2d Conv3 { get; } = Convolution(width, Expansion * width, 1);

    /// <summary>Behind the third.</summary>
    public BatchNorm2d Bn3 { get; } = new(Expansion * width);

    /// <inheritdoc/>
    public override Layer? Downsample { get; } = Projection(inputs, Expansion * width, stride);

    /// <inheritdoc/>
    protected override Tensor Branch(Tensor x)
    {
        var y = ReLU.ForwardAfter(Bn1, Conv1.Forward(x));
        y = ReLU.ForwardAfter(Bn2, Conv2.Forward(y));
        return Bn3.Forward(Conv3.Forward(y));
    }
}
