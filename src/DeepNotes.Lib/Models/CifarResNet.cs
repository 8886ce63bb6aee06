namespace DeepNotes;

/// <summary>
/// ResNet for small images (He, Zhang, Ren, Sun 2016, section 4.2): a 3×3 convolution, three stages of n blocks with 16, 32
/// and 64 channels, the mean of each map, one linear layer; depth 6n + 2. Where the shape changes, the shortcut drops every
/// second row and column and pads with channels of zeros (option A), or projects (option B). 269,722 parameters for
/// ResNet-20 with ten classes and option A.
/// </summary>
public sealed class CifarResNet : ImageClassifier
{
    private readonly string _name;

    /// <summary>The network of this depth for these classes.</summary>
    /// <param name="depth">Layers with weights, 6n + 2: 20, 32, 44, 56 and 110 in the paper.</param>
    /// <param name="classes">Scores for each image.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="projection">1×1 convolutions where the shape changes (option B) in place of zeros (option A).</param>
    /// <exception cref="ArgumentOutOfRangeException">A depth that is not 6n + 2 with n ≥ 1.</exception>
    public CifarResNet(int depth, int classes = 10, int channels = 3, bool projection = false)
        : base(channels, classes)
    {
        if (depth < 8 || depth % 6 != 2)
        {
            throw new ArgumentOutOfRangeException(nameof(depth), $"CifarResNet: depth {depth}: expected 6n + 2, as 20, 32, 44, 56, 110.");
        }

        _name = $"CIFAR ResNet-{depth}";
        BasicBlock Widening(int inputs, int outputs) => new(inputs, outputs, 2, projection ? null : new ZeroPaddedShortcut(inputs, outputs));
        IEnumerable<BasicBlock> Same(int width, int count) => Enumerable.Range(0, count).Select(_ => new BasicBlock(width, width));
        var blocks = (depth - 2) / 6;
        Conv1 = ResidualBlock.Convolution(channels, 16, 3);
        Layer1 = [.. Same(16, blocks)];
        Layer2 = [Widening(16, 32), .. Same(32, blocks - 1)];
        Layer3 = [Widening(32, 64), .. Same(64, blocks - 1)];
        Fc = new Linear(64, classes, initializer: Initializers.HeNormal);
    }

    /// <summary>3×3.</summary>
    public Conv2d Conv1 { get; }

    /// <summary>Behind the first convolution.</summary>
    public BatchNorm2d Bn1 { get; } = new(16);

    /// <summary>The nonlinearity after it.</summary>
    public ReLU ReLU { get; } = new();

    /// <summary>Blocks of 16 channels at the image's size.</summary>
    public Sequential Layer1 { get; }

    /// <summary>Blocks of 32 channels at half of it.</summary>
    public Sequential Layer2 { get; }

    /// <summary>Blocks of 64 channels at a quarter.</summary>
    public Sequential Layer3 { get; }

    /// <summary>The mean of each map.</summary>
    public GlobalAveragePool AvgPool { get; } = new();

    /// <summary>Means to scores.</summary>
    public Linear Fc { get; }

    /// <inheritdoc/>
    protected override Tensor Scores(Tensor x)
    {
        x = ReLU.ForwardAfter(Bn1, Conv1.Forward(x));
        return Fc.Forward(AvgPool.Forward(Layer3.Forward(Layer2.Forward(Layer1.Forward(x)))));
    }

    /// <inheritdoc/>
    public override string ToString() => _name;

    // Option A; the new channels come last.
    private sealed class ZeroPaddedShortcut(int inputs, int outputs) : Layer
    {
        protected override Tensor Compute(Tensor x)
        {
            var kept = x.MaxPool(1, stride: 2);
            var zeros = Tensor.Full(kept.Shape.With(1, outputs - inputs), 0, x.Device);
            return Tensor.Concatenate(1, kept, zeros);
        }

        public override string ToString() => $"ZeroPaddedShortcut({inputs}→{outputs}, stride 2)";
    }
}
