using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// A layer that draws random numbers in training and is the identity in evaluation. The state of its generator is
/// its only state.
/// </summary>
public abstract class RandomLayer : Layer
{
    private protected RandomLayer(float probability, ulong? seed)
    {
        Probability = Check.InZeroToOne(probability, GetType().Name);
        Random = new Generator(seed ?? Seeds.Next());
    }

    /// <summary>p, the probability of being dropped.</summary>
    public float Probability { get; }

    /// <summary>The source of random numbers.</summary>
    public Generator Random { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Probability})";

    /// <summary>A mask of 0 with probability p and 1/(1 - p) else, so that the mean is preserved.</summary>
    protected Tensor Mask(Shape shape, Device device)
    {
        var kept = Probability == 1 ? 0 : 1 / (1 - Probability);
        var mask = new float[shape.Elements];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = Random.NextSingle() < Probability ? 0 : kept;
        }

        return Tensor.From(mask, shape, device);
    }
}

/// <summary>
/// Inverted dropout (Srivastava et al. 2014, who state the probability of keeping a value): y = m·x/(1 - p) with independent
/// m ∈ {0, 1}, P(m = 0) = p; dx = m·dy/(1 - p). A value h gets mean h and variance h²·p/(1 - p).
/// </summary>
public sealed class Dropout(float probability = 0.5f, ulong? seed = null) : RandomLayer(probability, seed)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => IsTraining && Probability > 0 ? x * Mask(x.Shape, x.Device) : x;
}

/// <summary>Drops whole channels of [N, C, …]: neighbours in an image are too alike to be dropped one by one (Tompson et al. 2015).</summary>
public sealed class SpatialDropout(float probability = 0.5f, ulong? seed = null) : RandomLayer(probability, seed)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count < 3)
        {
            throw new ShapeException($"{this}: expected [N, C, …] with positions to share a mask, got {x.Shape}.");
        }

        return IsTraining && Probability > 0
            ? x * Mask([x.Shape[0], x.Shape[1], .. x.Shape.Skip(2).Select(_ => 1)], x.Device)
            : x;
    }
}

/// <summary>
/// Drops what a residual branch adds, for whole samples of [N, …]: y = x + m·f(x)/(1 - p), where this layer is the last of
/// f (Huang et al. 2016).
/// </summary>
public sealed class StochasticDepth(float probability = 0.2f, ulong? seed = null) : RandomLayer(probability, seed)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count == 0)
        {
            throw new ShapeException($"{this}: expected [N, …], got a scalar.");
        }

        return IsTraining && Probability > 0 ? x * Mask([x.Shape[0], .. x.Shape.Skip(1).Select(_ => 1)], x.Device) : x;
    }
}
