namespace DeepNotes;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015): y = γ·(x - μ)/√(σ² + ε) + β for each channel. In training μ and the
/// biased σ² are the batch's; in evaluation they are running means of what training saw (there the variance is unbiased,
/// as in PyTorch). dγ = Σ dy·x̂, dβ = Σ dy, dx as in <see cref="Tensor.NormalizeChannels"/>.
/// </summary>
public abstract class BatchNorm : Layer
{
    private readonly float _momentum;

    /// <summary>Normalises this many channels.</summary>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">ε ≥ 0, against division by zero: at 0 a channel whose values are all equal gives NaN.</param>
    /// <param name="momentum">The share of a new batch in the running statistics: PyTorch's momentum, 1 minus the paper's.</param>
    /// <exception cref="ArgumentOutOfRangeException">No channels, ε negative, or a momentum outside [0, 1].</exception>
    private protected BatchNorm(int channels, float epsilon, float momentum)
    {
        Check.AtLeast(1, channels, GetType().Name);
        Epsilon = Check.NotNegative(epsilon, GetType().Name);
        _momentum = Check.InZeroToOne(momentum, GetType().Name);
        Weight = new Parameter([channels], Initializers.Ones, seed: 0);
        Bias = new Parameter([channels], Initializers.Zeros, seed: 0);
        RunningMean = new RunningStatistic([channels], initial: 0);
        RunningVar = new RunningStatistic([channels], initial: 1);
    }

    /// <summary>γ [C].</summary>
    public Parameter Weight { get; }

    /// <summary>β [C].</summary>
    public Parameter Bias { get; }

    /// <summary>The mean that evaluation uses, [C].</summary>
    public RunningStatistic RunningMean { get; }

    /// <summary>The variance that evaluation uses, [C].</summary>
    public RunningStatistic RunningVar { get; }

    /// <summary>ε.</summary>
    public float Epsilon { get; }

    /// <summary>C.</summary>
    protected int Channels => Weight.Shape.Elements;

    /// <summary>This with statistics for evaluation other than mean 0 and variance 1.</summary>
    private protected void InitializeStatistics(Tensor? mean, Tensor? variance)
    {
        foreach (var (statistic, name, given) in new[] { (RunningMean, nameof(RunningMean), mean), (RunningVar, nameof(RunningVar), variance) })
        {
            if (given is not null)
            {
                statistic.Initialize(InitialValues.ShapedAs(statistic.Shape, given, $"{GetType().Name}.From", name));
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x) => Normalize(x, rectifies: false);

    /// <summary>Whether x has a shape that this layer is for.</summary>
    private protected abstract void CheckShape(Tensor x);

    /// <summary>y of x's shape, where axis 1 has the channels; max(0, y) where it <paramref name="rectifies"/>.</summary>
    internal Tensor Normalize(Tensor x, bool rectifies)
    {
        CheckShape(x);
        var count = x.Length / Channels;
        if (IsTraining && count <= 1)
        {
            throw new ShapeException(
                $"{this}: expected more than one value for each channel in training, got {x.Shape}; a single value has no variance. "
                + "Is it the last batch of an epoch? Leave it out by DataLoader.DropLast, or choose another batch size.");
        }

        if (IsTraining)
        {
            return ByBatch(x, count, rectifies);
        }

        var y = ByRunning(x.Reshape(x.Shape[0], Channels, x.Shape.Skip(2).Aggregate(1, (positions, length) => positions * length))).Reshape(x.Shape);
        return rectifies ? y.ReLU() : y;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Channels})";

    private Tensor ByBatch(Tensor x, int count, bool rectifies)
    {
        var normalized = x.NormalizeChannels(Epsilon, Weight, Bias, rectifies);
        RunningMean.MoveTo(normalized.Mean, _momentum);
        RunningVar.MoveTo(normalized.Variance, _momentum, factor: count / (count - 1f));
        return normalized.Value;
    }

    // With fixed statistics it is one scale and one shift for each channel.
    private Tensor ByRunning(Tensor x)
    {
        var scale = Weight.Value / (RunningVar.Value + Epsilon).Sqrt();
        return x * scale.Reshape(Channels, 1) + (Bias.Value - RunningMean.Value * scale).Reshape(Channels, 1);
    }
}

/// <summary>Batch normalisation of features [N, C] or of sequences [N, C, L].</summary>
public sealed class BatchNorm1d(int channels, float epsilon = 1e-5f, float momentum = 0.1f) : BatchNorm(channels, epsilon, momentum)
{
    /// <summary>A layer initialised with copies of these values.</summary>
    /// <param name="weight">γ [C].</param>
    /// <param name="bias">β [C].</param>
    /// <param name="runningMean">The mean for evaluation [C]; zeros unless given.</param>
    /// <param name="runningVar">The variance for evaluation [C]; ones unless given.</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <param name="momentum">The share of a new batch in the running statistics.</param>
    /// <exception cref="ShapeException">γ is not a vector, or the others have another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No channels, ε negative, or a momentum outside [0, 1].</exception>
    public static BatchNorm1d From(
        Tensor weight, Tensor bias, Tensor? runningMean = null, Tensor? runningVar = null, float epsilon = 1e-5f, float momentum = 0.1f)
    {
        var layer = new BatchNorm1d(InitialValues.ShapeOf(weight, "BatchNorm1d.From", "Weight [C]")[0], epsilon, momentum).Holding(weight, bias);
        layer.InitializeStatistics(runningMean, runningVar);
        return layer;
    }

    private protected override void CheckShape(Tensor x)
    {
        if (x.Shape.Count is not (2 or 3) || x.Shape[1] != Channels)
        {
            throw new ShapeException($"{this}: expected [N, {Channels}] or [N, {Channels}, L], got {x.Shape}.");
        }
    }
}

/// <summary>Batch normalisation of images [N, C, H, W].</summary>
public sealed class BatchNorm2d(int channels, float epsilon = 1e-5f, float momentum = 0.1f) : BatchNorm(channels, epsilon, momentum)
{
    /// <summary>A layer initialised with copies of these values.</summary>
    /// <param name="weight">γ [C].</param>
    /// <param name="bias">β [C].</param>
    /// <param name="runningMean">The mean for evaluation [C]; zeros unless given.</param>
    /// <param name="runningVar">The variance for evaluation [C]; ones unless given.</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <param name="momentum">The share of a new batch in the running statistics.</param>
    /// <exception cref="ShapeException">γ is not a vector, or the others have another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No channels, ε negative, or a momentum outside [0, 1].</exception>
    public static BatchNorm2d From(
        Tensor weight, Tensor bias, Tensor? runningMean = null, Tensor? runningVar = null, float epsilon = 1e-5f, float momentum = 0.1f)
    {
        var layer = new BatchNorm2d(InitialValues.ShapeOf(weight, "BatchNorm2d.From", "Weight [C]")[0], epsilon, momentum).Holding(weight, bias);
        layer.InitializeStatistics(runningMean, runningVar);
        return layer;
    }

    private protected override void CheckShape(Tensor x) => ExpectImages(x, Channels);
}
