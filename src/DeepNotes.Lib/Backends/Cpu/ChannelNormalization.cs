using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>The normalisation of a channel, y = (x - μ)·slope + shift or its maximum with 0, and its gradient.</summary>
/// <remarks>Loops use a local copy, which the JIT keeps in registers; it would read fields of <c>this</c> again after every store.</remarks>
internal readonly struct ChannelNormalization(float mean, float slope, float shift, bool rectifies)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        var channel = this;
        var least = Vector512.Create(rectifies ? 0 : float.NegativeInfinity);
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Vector512.Max(least, channel.Value(channel.Centred(x, i))), y, i);
        }
    }

    /// <summary>Σ dy and Σ dy·(x - μ), with dy = 0 where y is rectified to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Sum, double Product) SumAndProduct(ReadOnlySpan<float> dy, ReadOnlySpan<float> x)
    {
        var channel = this;
        var (sums, products) = (0.0, 0.0);
        for (var i = 0; i < dy.Length;)
        {
            var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var end = Math.Min(dy.Length, i + LongSum.Block * Lanes.Width); i < end; i += Lanes.Width)
            {
                var centred = channel.Centred(x, i);
                var d = channel.Rectified(Lanes.Load(dy, i), centred);
                sum += d;
                product = Vector512.MultiplyAddEstimate(d, centred, product);
            }

            sums += Vector512.Sum(sum);
            products += Vector512.Sum(product);
        }

        return (sums, products);
    }

    /// <summary>dx = factor·(dy - mean(dy) - (x - μ)·meanProduct), with dy = 0 where y is rectified to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, float meanDy, float meanProduct, float factor, Span<float> dx)
    {
        var channel = this;
        var (m, p, f) = (Vector512.Create(meanDy), Vector512.Create(meanProduct), Vector512.Create(factor));
        for (var i = 0; i < dx.Length; i += Lanes.Width)
        {
            var centred = channel.Centred(x, i);
            Lanes.Store(f * (channel.Rectified(Lanes.Load(dy, i), centred) - m - centred * p), dx, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Centred(ReadOnlySpan<float> x, int i) => Lanes.Load(x, i) - Vector512.Create(mean);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Value(Vector512<float> centred) =>
        Vector512.MultiplyAddEstimate(centred, Vector512.Create(slope), Vector512.Create(shift));

    // dy, or 0 where y is rectified to 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Rectified(Vector512<float> dy, Vector512<float> centred) =>
        rectifies ? dy & Vector512.GreaterThan(Value(centred), Vector512<float>.Zero) : dy;
}
