namespace DeepNotes;

/// <summary>
/// Group normalisation (Wu and He 2018): y = γ·(x - μ)/√(σ² + ε) + β, with mean and variance over the channels of a group
/// and all positions of one image, for x [N, C, …]. One group is layer normalisation of an image, as many as channels is
/// instance normalisation.
/// </summary>
public class GroupNorm : Layer
{
    private readonly int _channels;

    /// <summary>Normalises channels in groups.</summary>
    /// <param name="groups">Number of groups.</param>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">ε ≥ 0, against division by zero: at 0 a group whose values are all equal gives NaN.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <exception cref="ArgumentOutOfRangeException">Groups that do not divide the channels, or a negative ε.</exception>
    public GroupNorm(int groups, int channels, float epsilon = 1e-5f, bool affine = true)
    {
        Check.AtLeast(1, channels, GetType().Name);
        if (groups < 1 || channels % groups != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(groups), $"GroupNorm: groups {groups}: expected a divisor of {channels} channels.");
        }

        (Groups, _channels, Epsilon) = (groups, channels, Check.NotNegative(epsilon, GetType().Name));
        Weight = affine ? new Parameter([channels], Initializers.Ones, seed: 0) : null;
        Bias = affine ? new Parameter([channels], Initializers.Zeros, seed: 0) : null;
    }

    /// <summary>A layer initialised with copies of these values.</summary>
    /// <param name="weight">γ [C].</param>
    /// <param name="bias">β [C].</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <exception cref="ShapeException">γ is not a vector, or β has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Groups that do not divide the channels, or a negative ε.</exception>
    public static GroupNorm From(Tensor weight, Tensor bias, int groups, float epsilon = 1e-5f) =>
        new GroupNorm(groups, InitialValues.ShapeOf(weight, "GroupNorm.From", "Weight [C]")[0], epsilon).Holding(weight, bias);

    /// <summary>The number of groups.</summary>
    public int Groups { get; }

    /// <summary>ε.</summary>
    public float Epsilon { get; }

    /// <summary>γ [C], or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>β [C], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count < 2 || x.Shape[1] != _channels || x.Length == 0)
        {
            throw new ShapeException($"{this}: expected [N, {_channels}, …] of at least one value, got {x.Shape}.");
        }

        var normalized = x.Reshape(1, x.Shape[0] * Groups, -1).NormalizeChannels(Epsilon).Value;
        return Weight is null || Bias is null
            ? normalized.Reshape(x.Shape)
            : (normalized.Reshape(x.Shape[0], _channels, -1) * Weight.Value.Reshape(_channels, 1) + Bias.Value.Reshape(_channels, 1)).Reshape(x.Shape);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({(Groups == _channels ? "" : $"{Groups} groups of ")}{_channels})";
}

/// <summary>
/// Instance normalisation (Ulyanov et al. 2016): each channel of each image by itself, which removes the contrast of a style. No γ and β
/// unless asked for, as in PyTorch.
/// </summary>
public sealed class InstanceNorm2d(int channels, float epsilon = 1e-5f, bool affine = false)
    : GroupNorm(channels, channels, epsilon, affine)
{
    /// <summary>A layer initialised with copies of these values.</summary>
    /// <param name="weight">γ [C].</param>
    /// <param name="bias">β [C].</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <exception cref="ShapeException">γ is not a vector, or β has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No channels, or a negative ε.</exception>
    public static InstanceNorm2d From(Tensor weight, Tensor bias, float epsilon = 1e-5f) =>
        new InstanceNorm2d(InitialValues.ShapeOf(weight, "InstanceNorm2d.From", "Weight [C]")[0], epsilon, affine: true).Holding(weight, bias);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Shape.Count == 4 && x.Shape[2] * x.Shape[3] == 1
        ? throw new ShapeException($"{this}: expected more than one position in an image, got {x.Shape}; a single value has no variance.")
        : base.Compute(x);
}
