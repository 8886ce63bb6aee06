namespace DeepNotes;

/// <summary>
/// AlexNet (Krizhevsky, Sutskever, Hinton 2012) on one device, as in Krizhevsky 2014, "One weird trick for parallelizing
/// convolutional neural networks", and in torchvision: five convolutions, then three linear layers with dropout; without
/// the local response normalisation of 2012. 61,100,840 parameters for 1000 classes.
/// </summary>
public sealed class AlexNet : ImageClassifier
{
    /// <summary>The network for these classes.</summary>
    /// <param name="classes">Scores for each image.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="dropout">The probability that the classifier drops an input.</param>
    /// <param name="hidden">The width of the two hidden linear layers.</param>
    public AlexNet(int classes = 1000, int channels = 3, float dropout = 0.5f, int hidden = 4096)
        : base(channels, classes, smallest: 63)
    {
        Features =
        [
            new Conv2d(channels, 64, 11, stride: 4, padding: 2), new ReLU(), new MaxPool2d(3, 2),
            new Conv2d(64, 192, 5, padding: 2), new ReLU(), new MaxPool2d(3, 2),
            new Conv2d(192, 384, 3, padding: 1), new ReLU(),
            new Conv2d(384, 256, 3, padding: 1), new ReLU(),
            new Conv2d(256, 256, 3, padding: 1), new ReLU(), new MaxPool2d(3, 2),
        ];
        Classifier =
        [
            new Dropout(dropout), new Linear(256 * 6 * 6, hidden), new ReLU(),
            new Dropout(dropout), new Linear(hidden, hidden), new ReLU(),
            new Linear(hidden, classes),
        ];
    }

    /// <summary>Images to 256 maps.</summary>
    public Sequential Features { get; }

    /// <summary>Maps to 6×6, whatever the size of the images.</summary>
    public AdaptiveAveragePool2d AvgPool { get; } = new(6);

    /// <summary>Maps to the rows that the classifier takes.</summary>
    public Flatten Flatten { get; } = new();

    /// <summary>Rows to scores.</summary>
    public Sequential Classifier { get; }

    /// <inheritdoc/>
    protected override Tensor Scores(Tensor x) => Classifier.Forward(Flatten.Forward(AvgPool.Forward(Features.Forward(x))));
}
