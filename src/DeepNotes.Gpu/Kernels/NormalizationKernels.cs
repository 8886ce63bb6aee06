using DeepNotes.Functions;
using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>A term that is summed over the values of a channel.</summary>
internal interface IChannelTerm
{
    float Of(int channel, int at);
}

/// <summary>x.</summary>
internal readonly struct ValueTerm(ArrayView<float> x) : IChannelTerm
{
    private readonly ArrayView<float> _x = x;

    public float Of(int channel, int at) => _x[at];
}

/// <summary>(x - μ)².</summary>
internal readonly struct SquareTerm(ArrayView<float> x, ArrayView<float> mean) : IChannelTerm
{
    private readonly ArrayView<float> _x = x;
    private readonly ArrayView<float> _mean = mean;

    public float Of(int channel, int at) => (_x[at] - _mean[channel]) * (_x[at] - _mean[channel]);
}

/// <summary>Common terms of the gradients: x̂ = (x - μ)/√(σ² + ε), and dy where the rectifier is not 0.</summary>
internal readonly struct NormalizedInput(
    ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> scale, ArrayView<float> shift, ArrayView<float> dy, float epsilon, bool rectifies)
{
    private readonly ArrayView<float> _x = x;
    private readonly ArrayView<float> _mean = mean;
    private readonly ArrayView<float> _variance = variance;
    private readonly ArrayView<float> _scale = scale;
    private readonly ArrayView<float> _shift = shift;
    private readonly ArrayView<float> _dy = dy;
    private readonly int _rectifies = rectifies ? 1 : 0;

    /// <summary>scale/√(σ² + ε).</summary>
    public float Slope(int channel) => _scale[channel] / MathF.Sqrt(_variance[channel] + epsilon);

    public float Hat(int channel, int at) => (_x[at] - _mean[channel]) / MathF.Sqrt(_variance[channel] + epsilon);

    /// <summary>scale·x̂ + shift, rectified if requested.</summary>
    public float Output(int channel, int at) => _rectifies == 0 ? Affine(channel, at) : default(Functions.ReLU).F(Affine(channel, at));

    public float Upstream(int channel, int at) => _rectifies == 0 || Affine(channel, at) > 0f ? _dy[at] : 0f;

    private float Affine(int channel, int at) => _scale[channel] * Hat(channel, at) + _shift[channel];
}

/// <summary>dy.</summary>
internal readonly struct UpstreamTerm(NormalizedInput input) : IChannelTerm
{
    private readonly NormalizedInput _input = input;

    public float Of(int channel, int at) => _input.Upstream(channel, at);
}

/// <summary>dy·x̂.</summary>
internal readonly struct ProductTerm(NormalizedInput input) : IChannelTerm
{
    private readonly NormalizedInput _input = input;

    public float Of(int channel, int at) => _input.Upstream(channel, at) * _input.Hat(channel, at);
}

/// <summary>Batch normalisation: sums over each channel by groups of threads, then one pass over all elements.</summary>
internal static class NormalizationKernels
{
    // As in a reduction: a running sum in float loses digits with its length.
    private const int Block = 64;

    /// <summary>parts[channel, piece] = the sum of a term over a piece of a channel's values.</summary>
    public static void Sum<TTerm>(TTerm term, Channels channels, ArrayView<float> parts, int pieces, int length)
        where TTerm : struct, IChannelTerm
    {
        var shared = SharedMemory.Allocate<float>(ReductionKernels.Threads);
        var channel = Grid.IdxX / pieces;
        var piece = Grid.IdxX % pieces;
        var end = IntrinsicMath.Min(channels.Values, (piece + 1) * length);
        var sum = 0f;
        var i = piece * length + Group.IdxX;
        while (i < end)
        {
            var block = 0f;
            for (var n = 0; n < Block && i < end; n++)
            {
                block += term.Of(channel, (i / channels.Positions * channels.Count + channel) * channels.Positions + i % channels.Positions);
                i += Group.DimX;
            }

            sum += block;
        }

        sum = ReductionKernels.InGroup(default(Add), shared, sum);
        if (Group.IdxX == 0)
        {
            parts[Grid.IdxX] = sum;
        }
    }

    /// <summary>y[channel] = factor·Σ parts[channel, :].</summary>
    public static void Finish(ArrayView<float> parts, int pieces, float factor, ArrayView<float> y)
    {
        for (var channel = Grid.GlobalIndex.X; channel < y.IntLength; channel += ElementwiseKernels.Stride)
        {
            var sum = 0f;
            for (var piece = 0; piece < pieces; piece++)
            {
                sum += parts[channel * pieces + piece];
            }

            y[channel] = sum * factor;
        }
    }

    public static void Apply(NormalizedInput input, Channels channels, ArrayView<float> y)
    {
        for (var i = Grid.GlobalIndex.X; i < y.IntLength; i += ElementwiseKernels.Stride)
        {
            y[i] = input.Output(i / channels.Positions % channels.Count, i);
        }
    }

    public static void Gradient(NormalizedInput input, Channels channels, ArrayView<float> dScale, ArrayView<float> dShift, ArrayView<float> dx)
    {
        for (var i = Grid.GlobalIndex.X; i < dx.IntLength; i += ElementwiseKernels.Stride)
        {
            var channel = i / channels.Positions % channels.Count;
            dx[i] = input.Slope(channel)
                * (input.Upstream(channel, i) - dShift[channel] / channels.Values - input.Hat(channel, i) * (dScale[channel] / channels.Values));
        }
    }
}
