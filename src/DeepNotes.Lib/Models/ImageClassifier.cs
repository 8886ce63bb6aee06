namespace DeepNotes;

/// <summary>
/// A network from images [N, <see cref="Channels"/>, H, W] to scores [N, <see cref="Classes"/>], before the softmax. Its
/// properties are named so that a path in snake_case is the name that PyTorch gives the parameter:
/// <c>Layer1.0.Bn1.RunningMean</c> is <c>layer1.0.bn1.running_mean</c>.
/// </summary>
public abstract class ImageClassifier : Layer
{
    private protected ImageClassifier(int channels, int classes, int smallest = 1)
    {
        Check.AtLeast(1, channels, GetType().Name);
        Check.AtLeast(1, classes, GetType().Name);
        (Channels, Classes, Smallest) = (channels, classes, smallest);
    }

    /// <summary>Channels of the images.</summary>
    public int Channels { get; }

    /// <summary>The number of scores for each image.</summary>
    public int Classes { get; }

    /// <summary>The height and width below which nothing is left of an image before the last layer.</summary>
    public int Smallest { get; }

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x)
    {
        ExpectFitting(x);
        return Scores(x);
    }

    /// <summary>The scores of images that fit.</summary>
    protected abstract Tensor Scores(Tensor x);

    /// <summary>Throws unless there are images, of the right channels and large enough.</summary>
    /// <exception cref="ShapeException">Names the network, what it expects and what it got.</exception>
    private protected void ExpectFitting(Tensor x)
    {
        ExpectImages(x, Channels);
        if (x.Shape[0] == 0 || x.Shape[2] < Smallest || x.Shape[3] < Smallest)
        {
            throw new ShapeException(
                $"{this}: expected at least one image [N, {Channels}, H, W] of at least {Smallest}×{Smallest}, got {x.Shape}.");
        }
    }

    /// <summary>The layout of the paper's table for a depth.</summary>
    private protected static T Of<T>(string family, int depth, IReadOnlyDictionary<int, T> depths) => depths.TryGetValue(depth, out var found)
        ? found
        : throw new ArgumentOutOfRangeException(nameof(depth), $"{family}: depth {depth}: expected one of {string.Join(", ", depths.Keys)}.");
}
