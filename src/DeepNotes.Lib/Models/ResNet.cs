namespace DeepNotes;

/// <summary>
/// ResNet for ImageNet (He, Zhang, Ren, Sun 2016, "Deep residual learning for image recognition", table 1): a 7×7
/// convolution and pooling, four stages of residual blocks with 64 to 512 channels, the mean of each map, one linear layer.
/// 18 and 34 are made of <see cref="BasicBlock"/>, the others of <see cref="Bottleneck"/>. 25,557,032 parameters for
/// ResNet-50 with 1000 classes.
/// </summary>
public sealed class ResNet : ImageClassifier
{
    private static readonly Dictionary<int, (bool HasBottlenecks, int[] Blocks)> Stages = new()
    {
        [18] = (false, [2, 2, 2, 2]),
        [34] = (false, [3, 4, 6, 3]),
        [50] = (true, [3, 4, 6, 3]),
        [101] = (true, [3, 4, 23, 3]),
        [152] = (true, [3, 8, 36, 3]),
    };

    private readonly string _name;

    /// <summary>The network of this depth for these classes.</summary>
    /// <param name="depth">Layers with weights, shortcuts aside: 18, 34, 50, 101 or 152.</param>
    /// <param name="classes">Scores for each image.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another depth.</exception>
    public ResNet(int depth, int classes = 1000, int channels = 3)
        : base(channels, classes)
    {
        _name = $"ResNet-{depth}";
        var (hasBottlenecks, blocks) = Of("ResNet", depth, Stages);
        var expansion = hasBottlenecks ? Bottleneck.Expansion : 1;
        ResidualBlock Block(int inputs, int width, int stride) =>
            hasBottlenecks ? new Bottleneck(inputs, width, stride) : new BasicBlock(inputs, width, stride);
        Sequential Stage(int inputs, int width, int stride, int count) =>
        [
            Block(inputs, width, stride),
            .. Enumerable.Range(1, count - 1).Select(_ => Block(width * expansion, width, 1)),
        ];
        Conv1 = ResidualBlock.Convolution(channels, 64, 7, stride: 2);
        Layer1 = Stage(64, 64, 1, blocks[0]);
        Layer2 = Stage(64 * expansion, 128, 2, blocks[1]);
        Layer3 = Stage(128 * expansion, 256, 2, blocks[2]);
        Layer4 = Stage(256 * expansion, 512, 2, blocks[3]);
        Fc = new Linear(512 * expansion, classes);
    }

    /// <summary>7×7, stride 2.</summary>
    public Conv2d Conv1 { get; }

    /// <summary>Behind the first convolution.</summary>
    public BatchNorm2d Bn1 { get; } = new(64);

    /// <summary>The nonlinearity after it.</summary>
    public ReLU ReLU { get; } = new();

    /// <summary>3×3, stride 2.</summary>
    public MaxPool2d MaxPool { get; } = new(3, 2, 1);

    /// <summary>Blocks at a quarter of the image's size.</summary>
    public Sequential Layer1 { get; }

    /// <summary>Blocks at an eighth.</summary>
    public Sequential Layer2 { get; }

    /// <summary>Blocks at a sixteenth.</summary>
    public Sequential Layer3 { get; }

    /// <summary>Blocks at a thirty-second.</summary>
    public Sequential Layer4 { get; }

    /// <summary>The mean of each map.</summary>
    public GlobalAveragePool AvgPool { get; } = new();

    /// <summary>Means to scores.</summary>
    public Linear Fc { get; }

    /// <inheritdoc/>
    protected override Tensor Scores(Tensor x)
    {
        x = MaxPool.Forward(ReLU.ForwardAfter(Bn1, Conv1.Forward(x)));
        x = Layer4.Forward(Layer3.Forward(Layer2.Forward(Layer1.Forward(x))));
        return Fc.Forward(AvgPool.Forward(x));
    }

    /// <inheritdoc/>
    public override string ToString() => _name;
}
