using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>What normalises a channel: y = (x - μ)·slope + shift, or max(0, y) where it rectifies, and the way back.</summary>
internal readonly struct ChannelLine(float mean, float slope, float shift, bool rectifies)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        var (mu, a, b) = (Vector512.Create(mean), Vector512.Create(slope), Vector512.Create(shift));
        var least = Vector512.Create(rectifies ? 0 : float.NegativeInfinity);
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Vector512.Max(least, Vector512.MultiplyAddEstimate(Lanes.Load(x, i) - mu, a, b)), y, i);
        }
    }

    /// <summary>Σ dy and Σ dy·(x - μ), over the dy that count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Sum, double Product) SumAndProduct(ReadOnlySpan<float> dy, ReadOnlySpan<float> x)
    {
        var (mu, a, b) = (Vector512.Create(mean), Vector512.Create(slope), Vector512.Create(shift));
        var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = 0; i < dy.Length; i += Lanes.Width)
        {
            var centred = Lanes.Load(x, i) - mu;
            var d = Lanes.Load(dy, i);
            if (rectifies)
            {
                d &= Vector512.GreaterThan(Vector512.MultiplyAddEstimate(centred, a, b), Vector512<float>.Zero);
            }

            sum += d;
            product = Vector512.MultiplyAddEstimate(d, centred, product);
        }

        return (Vector512.Sum(sum), Vector512.Sum(product));
    }

    /// <summary>dx = factor·(dy - mean(dy) - (x - μ)·meanProduct), with 0 for a dy that does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, float meanDy, float meanProduct, float factor, Span<float> dx)
    {
        var (mu, a, b) = (Vector512.Create(mean), Vector512.Create(slope), Vector512.Create(shift));
        var (m, p, f) = (Vector512.Create(meanDy), Vector512.Create(meanProduct), Vector512.Create(factor));
        for (var i = 0; i < dx.Length; i += Lanes.Width)
        {
            var centred = Lanes.Load(x, i) - mu;
            var d = Lanes.Load(dy, i);
            if (rectifies)
            {
                d &= Vector512.GreaterThan(Vector512.MultiplyAddEstimate(centred, a, b), Vector512<float>.Zero);
            }

            Lanes.Store(f * (d - m - centred * p), dx, i);
        }
    }
}
