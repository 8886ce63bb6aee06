namespace DeepNotes;

/// <summary>
/// LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document recognition") in the form
/// that is taught today: two times convolution, activation and pooling, then three linear layers; every map of the second
/// convolution sees all of the first, and the scores are linear. Takes images of 28×28. 61,706 parameters for ten classes.
/// </summary>
public sealed class LeNet : ImageClassifier
{
    private const int Side = 28;

    /// <summary>The network for these classes.</summary>
    /// <param name="classes">Scores for each image.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="rectified">ReLU, max-pooling and He's initializer in place of sigmoid, average pooling and Xavier's.</param>
    public LeNet(int classes = 10, int channels = 1, bool rectified = false)
        : base(channels, classes, Side)
    {
        Initializer initializer = rectified ? Initializers.HeNormal : Initializers.XavierUniform;
        Layer Activation() => rectified ? new ReLU() : new Sigmoid();
        Layer Pooling() => rectified ? new MaxPool2d(2) : new AveragePool2d(2);
        Features =
        [
            new Conv2d(channels, 6, 5, padding: 2, initializer: initializer), Activation(), Pooling(),
            new Conv2d(6, 16, 5, initializer: initializer), Activation(), Pooling(),
        ];
        Classifier =
        [
            new Linear(16 * 5 * 5, 120, initializer: initializer), Activation(),
            new Linear(120, 84, initializer: initializer), Activation(),
            new Linear(84, classes, initializer: initializer),
        ];
    }

    /// <summary>Images to 16 maps of 5×5.</summary>
    public Sequential Features { get; }

    /// <summary>Maps to the rows that the classifier takes.</summary>
    public Flatten Flatten { get; } = new();

    /// <summary>Rows to scores.</summary>
    public Sequential Classifier { get; }

    /// <inheritdoc/>
    protected override Tensor Scores(Tensor x) => x.Shape[2] == Side && x.Shape[3] == Side
        ? Classifier.Forward(Flatten.Forward(Features.Forward(x)))
        : throw new ShapeException($"{this}: expected [N, {Channels}, {Side}, {Side}], got {x.Shape}; resize or crop the images.");

    /// <inheritdoc/>
    public override string ToString() => "LeNet-5";
}
