using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // A channel's values stay in the near cache between the passes: mean, variance, value.
    public void Normalize(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon,
        DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer y)
    {
        var (xs, ys, scales, shifts) = (CpuBuffer.Of(x), CpuBuffer.Of(y), CpuBuffer.Of(scale), CpuBuffer.Of(shift));
        var (means, variances) = (CpuBuffer.Of(mean), CpuBuffer.Of(variance));
        Work.ByCost(channels.Count, 4L * channels.Values, (channels, xs, ys, scales, shifts, epsilon, means, variances), static (in work, start, end) =>
        {
            var (channels, xs, ys, scales, shifts, epsilon, means, variances) = work;
            for (var c = start; c < end; c++)
            {
                var (sum, squares) = (0.0, 0.0);
                for (var n = 0; n < channels.Images; n++)
                {
                    sum += Sum(xs.AsSpan((n * channels.Count + c) * channels.Places, channels.Places));
                }

                var mu = (float)(sum / channels.Values);
                for (var n = 0; n < channels.Images; n++)
                {
                    squares += SumOfSquares(xs.AsSpan((n * channels.Count + c) * channels.Places, channels.Places), mu);
                }

                (means[c], variances[c]) = (mu, (float)(squares / channels.Values));
                var slope = scales[c] / MathF.Sqrt(variances[c] + epsilon);
                for (var n = 0; n < channels.Images; n++)
                {
                    var first = (n * channels.Count + c) * channels.Places;
                    Shifted(xs.AsSpan(first, channels.Places), mu, slope, shifts[c], ys.AsSpan(first, channels.Places));
                }
            }
        });
    }

    public void NormalizeGradient(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, float epsilon, DeviceBuffer mean, DeviceBuffer variance,
        DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dScale, DeviceBuffer dShift)
    {
        var (xs, dys, dxs, scales) = (CpuBuffer.Of(x), CpuBuffer.Of(dy), CpuBuffer.Of(dx), CpuBuffer.Of(scale));
        var (means, variances, dScales, dShifts) = (CpuBuffer.Of(mean), CpuBuffer.Of(variance), CpuBuffer.Of(dScale), CpuBuffer.Of(dShift));
        var given = (channels, xs, dys, scales, epsilon, means, variances);
        Work.ByCost(channels.Count, 4L * channels.Values, (given, dxs, dScales, dShifts), static (in work, start, end) =>
        {
            var (given, dxs, dScales, dShifts) = work;
            var (channels, xs, dys, scales, epsilon, means, variances) = given;
            for (var c = start; c < end; c++)
            {
                var inverse = 1 / MathF.Sqrt(variances[c] + epsilon);
                var (sum, product) = (0.0, 0.0);
                for (var n = 0; n < channels.Images; n++)
                {
                    var first = (n * channels.Count + c) * channels.Places;
                    var (s, p) = SumAndProduct(dys.AsSpan(first, channels.Places), xs.AsSpan(first, channels.Places), means[c]);
                    (sum, product) = (sum + s, product + p);
                }

                (dShifts[c], dScales[c]) = ((float)sum, (float)(product * inverse));
                var (meanDy, meanProduct) = ((float)(sum / channels.Values), (float)(product * inverse * inverse / channels.Values));
                for (var n = 0; n < channels.Images; n++)
                {
                    var first = (n * channels.Count + c) * channels.Places;
                    Gradient(
                        dys.AsSpan(first, channels.Places), xs.AsSpan(first, channels.Places), means[c], meanDy, meanProduct,
                        scales[c] * inverse, dxs.AsSpan(first, channels.Places));
                }
            }
        });
    }

    private static double Sum(ReadOnlySpan<float> x) => FoldRow(default(Functions.Add), x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(ReadOnlySpan<float> x, float mean)
    {
        var (mu, sum) = (Vector512.Create(mean), Vector512<float>.Zero);
        var i = 0;
        for (; i <= x.Length - Lanes.Width; i += Lanes.Width)
        {
            var d = Lanes.Load(x, i) - mu;
            sum = Vector512.MultiplyAddEstimate(d, d, sum);
        }

        double total = Vector512.Sum(sum);
        for (; i < x.Length; i++)
        {
            total += (x[i] - mean) * (x[i] - mean);
        }

        return total;
    }

    // y = (x - μ)·slope + shift.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Shifted(ReadOnlySpan<float> x, float mean, float slope, float shift, Span<float> y)
    {
        var (mu, a, b) = (Vector512.Create(mean), Vector512.Create(slope), Vector512.Create(shift));
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Vector512.MultiplyAddEstimate(Lanes.Load(x, i) - mu, a, b), y, i);
        }
    }

    // Σ dy and Σ dy·(x - μ).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Product) SumAndProduct(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, float mean)
    {
        var (mu, sum, product) = (Vector512.Create(mean), Vector512<float>.Zero, Vector512<float>.Zero);
        var i = 0;
        for (; i <= x.Length - Lanes.Width; i += Lanes.Width)
        {
            var d = Lanes.Load(dy, i);
            sum += d;
            product = Vector512.MultiplyAddEstimate(d, Lanes.Load(x, i) - mu, product);
        }

        (double s, double p) = (Vector512.Sum(sum), Vector512.Sum(product));
        for (; i < x.Length; i++)
        {
            (s, p) = (s + dy[i], p + dy[i] * (x[i] - mean));
        }

        return (s, p);
    }

    // dx = factor·(dy - mean(dy) - (x - μ)·meanProduct).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradient(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, float mean, float meanDy, float meanProduct, float factor, Span<float> dx)
    {
        var (mu, m, p, f) = (Vector512.Create(mean), Vector512.Create(meanDy), Vector512.Create(meanProduct), Vector512.Create(factor));
        for (var i = 0; i < dx.Length; i += Lanes.Width)
        {
            Lanes.Store(f * (Lanes.Load(dy, i) - m - (Lanes.Load(x, i) - mu) * p), dx, i);
        }
    }
}
