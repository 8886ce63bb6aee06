namespace DeepNotes;

/// <summary>
/// The block of GoogLeNet (Szegedy et al. 2015, "Going deeper with convolutions", figure 2b): four branches on one input,
/// 1×1, 3×3, 5×5 and pooling, joined along the channels; 1×1 convolutions make the input narrow before the large kernels.
/// [N, inputs, H, W] to [N, sum of the branches' widths, H, W].
/// </summary>
public sealed class Inception : Layer
{
    /// <summary>A block whose branches have the widths of <paramref name="widths"/>.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="widths">Channels of each branch and of its narrow part.</param>
    /// <param name="batchNorm">Whether its convolutions are normalised.</param>
    /// <param name="fiveByFive">Kernels of 5×5 in the third branch, or of 3×3; unless given, 3×3 where there is normalisation, as torchvision has it.</param>
    public Inception(int inputs, InceptionWidths widths, bool batchNorm = false, bool? fiveByFive = null)
    {
        ConvolutionUnit Unit(int from, int to, int kernel) => new(from, to, kernel, batchNorm, padding: kernel / 2);
        Branch1 = Unit(inputs, widths.One, 1);
        Branch2 = [Unit(inputs, widths.BeforeThree, 1), Unit(widths.BeforeThree, widths.Three, 3)];
        Branch3 = [Unit(inputs, widths.BeforeFive, 1), Unit(widths.BeforeFive, widths.Five, fiveByFive ?? !batchNorm ? 5 : 3)];
        Branch4 = [new MaxPool2d(3, 1, 1), Unit(inputs, widths.Pooled, 1)];
    }

    /// <summary>1×1.</summary>
    public Layer Branch1 { get; }

    /// <summary>1×1, then 3×3.</summary>
    public Sequential Branch2 { get; }

    /// <summary>1×1, then 5×5 or 3×3.</summary>
    public Sequential Branch3 { get; }

    /// <summary>Pooling, then 1×1.</summary>
    public Sequential Branch4 { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) =>
        Tensor.Concatenate(1, Branch1.Forward(x), Branch2.Forward(x), Branch3.Forward(x), Branch4.Forward(x));
}

/// <summary>Channels of an <see cref="Inception"/> block, in the order of the paper's table 1.</summary>
/// <param name="One">Of the 1×1 branch.</param>
/// <param name="BeforeThree">Before the 3×3.</param>
/// <param name="Three">Of the 3×3 branch.</param>
/// <param name="BeforeFive">Before the 5×5.</param>
/// <param name="Five">Of the 5×5 branch.</param>
/// <param name="Pooled">Of the pooling branch.</param>
public readonly record struct InceptionWidths(int One, int BeforeThree, int Three, int BeforeFive, int Five, int Pooled)
{
    /// <summary>Channels of the block's output.</summary>
    public int Total => One + Three + Five + Pooled;
}

/// <summary>
/// A convolution with a bias and ReLU, or with batch normalisation in place of the bias. The first kind begins with He's
/// weights, with which a signal keeps its size through 22 layers; the second with torchvision's N(0, 0.01²), which the
/// normalisation scales up.
/// </summary>
internal sealed class ConvolutionUnit(int inputs, int outputs, int kernel, bool batchNorm, int stride = 1, int padding = 0) : Layer
{
    public Conv2d Conv { get; } = new(
        inputs, outputs, kernel, stride, padding, bias: !batchNorm,
        initializer: batchNorm ? Initializers.NormalWith(0.01f) : Initializers.HeNormal, biasInitializer: Initializers.Zeros);

    public BatchNorm2d? Bn { get; } = batchNorm ? new(outputs, epsilon: 1e-3f) : null;

    public ReLU ReLU { get; } = new();

    protected override Tensor Compute(Tensor x)
    {
        x = Conv.Forward(x);
        return Bn is null ? ReLU.Forward(x) : ReLU.ForwardAfter(Bn, x);
    }
}
