namespace DeepNotes;

/// <summary>
/// GoogLeNet (Szegedy et al. 2015, "Going deeper with convolutions", table 1): convolutions and pooling, nine
/// <see cref="Inception"/> blocks, the mean of each map, one linear layer; two auxiliary heads, halfway, carry gradients to
/// the lower blocks in training. The paper's layout has 5×5 branches, biases and no batch normalisation; its local response
/// normalisation is left out. The form with batch normalisation is torchvision's and takes its weights: there the
/// "5×5" branch is 3×3, unless asked otherwise, the last pooling 2×2 and the dropout 0.2. 6,998,552 parameters in the paper's
/// layout with 1000 classes and without heads, 6,624,904 in torchvision's, 7,005,832 in that with 5×5.
/// </summary>
public sealed class GoogLeNet : ImageClassifier
{
    private readonly bool _batchNorm;

    /// <summary>The network for these classes.</summary>
    /// <param name="classes">Scores for each image.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="batchNorm">torchvision's form instead of the paper's.</param>
    /// <param name="auxiliary">Whether there are auxiliary heads.</param>
    /// <param name="dropout">The probability that a mean is dropped; 0.4 as in the paper or 0.2 as in torchvision unless given.</param>
    /// <param name="fiveByFive">
    /// Kernels of 5×5 in the third branches, as in the paper, or of 3×3; unless given, 3×3 where there is batch normalisation, as in
    /// torchvision.
    /// </param>
    public GoogLeNet(int classes = 1000, int channels = 3, bool batchNorm = false, bool auxiliary = true, float? dropout = null, bool? fiveByFive = null)
        : base(channels, classes, smallest: batchNorm ? 31 : 47)
    {
        _batchNorm = batchNorm;
        Inception Block(int inputs, InceptionWidths widths) => new(inputs, widths, batchNorm, fiveByFive);
        Conv1 = new ConvolutionUnit(channels, 64, 7, batchNorm, stride: 2, padding: 3);
        Conv2 = new ConvolutionUnit(64, 64, 1, batchNorm);
        Conv3 = new ConvolutionUnit(64, 192, 3, batchNorm, padding: 1);
        Inception3a = Block(192, new(64, 96, 128, 16, 32, 32));
        Inception3b = Block(256, new(128, 128, 192, 32, 96, 64));
        Inception4a = Block(480, new(192, 96, 208, 16, 48, 64));
        Inception4b = Block(512, new(160, 112, 224, 24, 64, 64));
        Inception4c = Block(512, new(128, 128, 256, 24, 64, 64));
        Inception4d = Block(512, new(112, 144, 288, 32, 64, 64));
        Inception4e = Block(528, new(256, 160, 320, 32, 128, 128));
        MaxPool4 = new(batchNorm ? 2 : 3, 2, coversAll: true);
        Inception5a = Block(832, new(256, 160, 320, 32, 128, 128));
        Inception5b = Block(832, new(384, 192, 384, 48, 128, 128));
        Aux1 = auxiliary ? new AuxiliaryHead(512, classes, batchNorm) : null;
        Aux2 = auxiliary ? new AuxiliaryHead(528, classes, batchNorm) : null;
        Dropout = new(dropout ?? (batchNorm ? 0.2f : 0.4f));
        Fc = new(1024, classes, initializer: Initializers.NormalWith(0.01f));
    }

    /// <summary>7×7, stride 2.</summary>
    public Layer Conv1 { get; }

    /// <summary>To a quarter of the image's size.</summary>
    public MaxPool2d MaxPool1 { get; } = new(3, 2, coversAll: true);

    /// <summary>1×1.</summary>
    public Layer Conv2 { get; }

    /// <summary>3×3.</summary>
    public Layer Conv3 { get; }

    /// <summary>To an eighth.</summary>
    public MaxPool2d MaxPool2 { get; } = new(3, 2, coversAll: true);

    /// <summary>To 256 channels.</summary>
    public Inception Inception3a { get; }

    /// <summary>To 480 channels.</summary>
    public Inception Inception3b { get; }

    /// <summary>To a sixteenth.</summary>
    public MaxPool2d MaxPool3 { get; } = new(3, 2, coversAll: true);

    /// <summary>To 512 channels; input of the first head.</summary>
    public Inception Inception4a { get; }

    /// <summary>To 512 channels.</summary>
    public Inception Inception4b { get; }

    /// <summary>To 512 channels.</summary>
    public Inception Inception4c { get; }

    /// <summary>To 528 channels; input of the second head.</summary>
    public Inception Inception4d { get; }

    /// <summary>To 832 channels.</summary>
    public Inception Inception4e { get; }

    /// <summary>To a thirty-second.</summary>
    public MaxPool2d MaxPool4 { get; }

    /// <summary>To 832 channels.</summary>
    public Inception Inception5a { get; }

    /// <summary>To 1024 channels.</summary>
    public Inception Inception5b { get; }

    /// <summary>Scores from 512 maps, or null.</summary>
    public Layer? Aux1 { get; }

    /// <summary>Scores from 528 maps, or null.</summary>
    public Layer? Aux2 { get; }

    /// <summary>The mean of each map.</summary>
    public GlobalAveragePool AvgPool { get; } = new();

    /// <summary>Before the scores.</summary>
    public Dropout Dropout { get; }

    /// <summary>Means to scores.</summary>
    public Linear Fc { get; }

    /// <summary>
    /// The scores of the network and of its auxiliary heads, for the loss of training: see <see cref="GoogLeNetScores.Loss"/>.
    /// <see cref="Layer.Forward"/> gives the first alone and leaves the heads out.
    /// </summary>
    /// <exception cref="InvalidOperationException">The network was made without heads.</exception>
    /// <exception cref="ShapeException">The images do not fit.</exception>
    public GoogLeNetScores ForwardWithHeads(Tensor x)
    {
        if (Aux1 is null || Aux2 is null)
        {
            throw new InvalidOperationException($"{this}.ForwardWithHeads: this network has no auxiliary heads; make it with auxiliary: true.");
        }

        ExpectFitting(x);
        var first = Lower(x);
        var second = Middle(first);
        return new(Upper(second), Aux1.Forward(first), Aux2.Forward(second));
    }

    /// <inheritdoc/>
    protected override Tensor Scores(Tensor x) => Upper(Middle(Lower(x)));

    /// <inheritdoc/>
    public override string ToString() => _batchNorm ? "GoogLeNet-BN" : "GoogLeNet";

    private Tensor Lower(Tensor x)
    {
        x = MaxPool1.Forward(Conv1.Forward(x));
        x = MaxPool2.Forward(Conv3.Forward(Conv2.Forward(x)));
        x = MaxPool3.Forward(Inception3b.Forward(Inception3a.Forward(x)));
        return Inception4a.Forward(x);
    }

    private Tensor Middle(Tensor x) => Inception4d.Forward(Inception4c.Forward(Inception4b.Forward(x)));

    private Tensor Upper(Tensor x)
    {
        x = MaxPool4.Forward(Inception4e.Forward(x));
        x = AvgPool.Forward(Inception5b.Forward(Inception5a.Forward(x)));
        return Fc.Forward(Dropout.Forward(x));
    }
}

/// <summary>What <see cref="GoogLeNet.ForwardWithHeads"/> returns for images.</summary>
/// <param name="Main">The network's scores [N, classes].</param>
/// <param name="First">Those of the lower head.</param>
/// <param name="Second">Those of the upper head.</param>
public sealed record GoogLeNetScores(Tensor Main, Tensor First, Tensor Second)
{
    /// <summary>What each head adds to the loss, in the paper.</summary>
    public const float Weight = 0.3f;

    /// <summary>L(main) + 0.3·(L(first) + L(second)), for a loss of scores.</summary>
    public Tensor Loss(Func<Tensor, Tensor> loss) => loss(Main) + Weight * (loss(First) + loss(Second));
}

/// <summary>Maps to 4×4, 128 channels, two linear layers: [N, inputs, H, W] to scores, for training alone (Szegedy et al. 2015).</summary>
internal sealed class AuxiliaryHead(int inputs, int classes, bool batchNorm) : Layer
{
    public AdaptiveAveragePool2d AvgPool { get; } = new(4);

    public ConvolutionUnit Conv { get; } = new(inputs, 128, 1, batchNorm);

    public Flatten Flatten { get; } = new();

    public Linear Fc1 { get; } = new(128 * 4 * 4, 1024, initializer: batchNorm ? Initializers.NormalWith(0.01f) : Initializers.HeNormal);

    public ReLU ReLU { get; } = new();

    public Dropout Dropout { get; } = new(0.7f);

    public Linear Fc2 { get; } = new(1024, classes, initializer: Initializers.NormalWith(0.01f));

    protected override Tensor Compute(Tensor x)
    {
        x = Flatten.Forward(Conv.Forward(AvgPool.Forward(x)));
        return Fc2.Forward(Dropout.Forward(ReLU.Forward(Fc1.Forward(x))));
    }
}
