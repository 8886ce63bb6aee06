namespace DeepNotes;

/// <summary>
/// VGG (Simonyan and Zisserman 2015, "Very deep convolutional networks for large-scale image recognition", columns A, B,
/// D and E): five stages of 3×3 convolutions, each ended by pooling, then three linear layers. Two 3×3 convolutions see
/// 5×5 and three see 7×7, with fewer weights and more nonlinearities than one of that size. 138,357,544 parameters for
/// VGG-16 with 1000 classes.
/// </summary>
public sealed class VGG : ImageClassifier
{
    private const int Side = 7;
    private static readonly int[] Widths = [64, 128, 256, 512, 512];

    private static readonly Dictionary<int, int[]> Convolutions = new()
    {
        [11] = [1, 1, 2, 2, 2],
        [13] = [2, 2, 2, 2, 2],
        [16] = [2, 2, 3, 3, 3],
        [19] = [2, 2, 4, 4, 4],
    };

    private readonly string _name;

    /// <summary>The network of this depth for these classes.</summary>
    /// <param name="depth">Layers with weights: 11, 13, 16 or 19.</param>
    /// <param name="classes">Scores for each image.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="batchNorm">Batch normalisation after every convolution; the paper is older than that.</param>
    /// <param name="dropout">The probability that the classifier drops an input.</param>
    /// <param name="hidden">The width of the two hidden linear layers.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another depth.</exception>
    public VGG(int depth, int classes = 1000, int channels = 3, bool batchNorm = false, float dropout = 0.5f, int hidden = 4096)
        : base(channels, classes, smallest: 32)
    {
        _name = $"VGG-{depth}{(batchNorm ? "-BN" : "")}";
        foreach (var (width, repeats) in Widths.Zip(Of("VGG", depth, Convolutions)))
        {
            for (var i = 0; i < repeats; i++, channels = width)
            {
                Append(channels, width, batchNorm);
            }

            Features.Add(new MaxPool2d(2));
        }

        Classifier =
        [
            Dense(channels * Side * Side, hidden), new ReLU(), new Dropout(dropout),
            Dense(hidden, hidden), new ReLU(), new Dropout(dropout),
            Dense(hidden, classes),
        ];
    }

    /// <summary>Images to 512 maps.</summary>
    public Sequential Features { get; } = [];

    /// <summary>Maps to 7×7, whatever the size of the images.</summary>
    public AdaptiveAveragePool2d AvgPool { get; } = new(Side);

    /// <summary>Maps to the rows that the classifier takes.</summary>
    public Flatten Flatten { get; } = new();

    /// <summary>Rows to scores.</summary>
    public Sequential Classifier { get; }

    /// <inheritdoc/>
    protected override Tensor Scores(Tensor x) => Classifier.Forward(Flatten.Forward(AvgPool.Forward(Features.Forward(x))));

    /// <inheritdoc/>
    public override string ToString() => _name;

    private void Append(int inputs, int outputs, bool batchNorm)
    {
        Features.Add(new Conv2d(
            inputs, outputs, 3, padding: 1, initializer: Initializers.HeNormalFanOut, biasInitializer: Initializers.Zeros));
        if (batchNorm)
        {
            Features.Add(new BatchNorm2d(outputs));
        }

        Features.Add(new ReLU());
    }

    private static Linear Dense(int inputs, int outputs) =>
        new(inputs, outputs, initializer: Initializers.NormalWith(0.01f), biasInitializer: Initializers.Zeros);
}
