using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>What normalises a channel: y = (x - μ)·slope + shift, or max(0, y) where it rectifies, and the way back.</summary>
/// <remarks>Loops work on a copy of it: what this refers to would have to be read again after every store.</remarks>
internal readonly struct ChannelLine(float mean, float slope, float shift, bool rectifies)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        var line = this;
        var least = Vector512.Create(rectifies ? 0 : float.NegativeInfinity);
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Vector512.Max(least, line.Value(line.Centred(x, i))), y, i);
        }
    }

    /// <summary>Σ dy and Σ dy·(x - μ), over the dy that count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Sum, double Product) SumAndProduct(ReadOnlySpan<float> dy, ReadOnlySpan<float> x)
    {
        var line = this;
        var (sums, products) = (0.0, 0.0);
        for (var i = 0; i < dy.Length;)
        {
            var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var end = Math.Min(dy.Length, i + LongSum.Block * Lanes.Width); i < end; i += Lanes.Width)
            {
                var centred = line.Centred(x, i);
                var d = line.Counting(Lanes.Load(dy, i), centred);
                sum += d;
                product = Vector512.MultiplyAddEstimate(d, centred, product);
            }

            sums += Vector512.Sum(sum);
            products += Vector512.Sum(product);
        }

        return (sums, products);
    }

    /// <summary>dx = factor·(dy - mean(dy) - (x - μ)·meanProduct), with 0 for a dy that does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, float meanDy, float meanProduct, float factor, Span<float> dx)
    {
        var line = this;
        var (m, p, f) = (Vector512.Create(meanDy), Vector512.Create(meanProduct), Vector512.Create(factor));
        for (var i = 0; i < dx.Length; i += Lanes.Width)
        {
            var centred = line.Centred(x, i);
            Lanes.Store(f * (line.Counting(Lanes.Load(dy, i), centred) - m - centred * p), dx, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Centred(ReadOnlySpan<float> x, int i) => Lanes.Load(x, i) - Vector512.Create(mean);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Value(Vector512<float> centred) =>
        Vector512.MultiplyAddEstimate(centred, Vector512.Create(slope), Vector512.Create(shift));

    // dy counts where y was not cut off.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Counting(Vector512<float> dy, Vector512<float> centred) =>
        rectifies ? dy & Vector512.GreaterThan(Value(centred), Vector512<float>.Zero) : dy;
}
