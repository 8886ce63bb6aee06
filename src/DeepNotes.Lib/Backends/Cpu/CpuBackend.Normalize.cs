using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // A channel's values stay in the near cache between the passes: mean, variance, value.
    public void Normalize(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies,
        DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer y)
    {
        var (given, ys) = ((channels, xs: CpuBuffer.Of(x), scales: CpuBuffer.Of(scale), shifts: CpuBuffer.Of(shift), epsilon, rectifies), CpuBuffer.Of(y));
        var (means, variances) = (CpuBuffer.Of(mean), CpuBuffer.Of(variance));
        Work.ByCost(channels.Count, 4L * channels.Values, (given, means, variances, ys), static (in work, start, end) =>
        {
            var (given, means, variances, ys) = work;
            var (channels, xs, scales, shifts, epsilon, rectifies) = given;
            for (var c = start; c < end; c++)
            {
                var (sum, squares) = (0.0, 0.0);
                for (var n = 0; n < channels.Images; n++)
                {
                    sum += Sum(xs.AsSpan((n * channels.Count + c) * channels.Positions, channels.Positions));
                }

                var mu = (float)(sum / channels.Values);
                for (var n = 0; n < channels.Images; n++)
                {
                    squares += SumOfSquares(xs.AsSpan((n * channels.Count + c) * channels.Positions, channels.Positions), mu);
                }

                (means[c], variances[c]) = (mu, (float)(squares / channels.Values));
                var channel = new ChannelNormalization(mu, scales[c] / MathF.Sqrt(variances[c] + epsilon), shifts[c], rectifies);
                for (var n = 0; n < channels.Images; n++)
                {
                    var first = (n * channels.Count + c) * channels.Positions;
                    channel.Apply(xs.AsSpan(first, channels.Positions), ys.AsSpan(first, channels.Positions));
                }
            }
        });
    }

    public void NormalizeGradient(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies,
        DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dScale, DeviceBuffer dShift)
    {
        var given = (channels, xs: CpuBuffer.Of(x), scales: CpuBuffer.Of(scale), shifts: CpuBuffer.Of(shift), epsilon, rectifies);
        var moments = (CpuBuffer.Of(mean), CpuBuffer.Of(variance));
        var results = (CpuBuffer.Of(dx), CpuBuffer.Of(dScale), CpuBuffer.Of(dShift));
        Work.ByCost(channels.Count, 4L * channels.Values, (given, moments, CpuBuffer.Of(dy), results), static (in work, start, end) =>
        {
            var (given, (means, variances), dys, (dxs, dScales, dShifts)) = work;
            var (channels, xs, scales, shifts, epsilon, rectifies) = given;
            for (var c = start; c < end; c++)
            {
                var deviation = MathF.Sqrt(variances[c] + epsilon);
                var (inverse, channel) = (1 / deviation, new ChannelNormalization(means[c], scales[c] / deviation, shifts[c], rectifies));
                var (sum, product) = (0.0, 0.0);
                for (var n = 0; n < channels.Images; n++)
                {
                    var first = (n * channels.Count + c) * channels.Positions;
                    var (s, p) = channel.SumAndProduct(dys.AsSpan(first, channels.Positions), xs.AsSpan(first, channels.Positions));
                    (sum, product) = (sum + s, product + p);
                }

                (dShifts[c], dScales[c]) = ((float)sum, (float)(product * inverse));
                var (meanDy, meanProduct) = ((float)(sum / channels.Values), (float)(product * inverse * inverse / channels.Values));
                for (var n = 0; n < channels.Images; n++)
                {
                    var first = (n * channels.Count + c) * channels.Positions;
                    channel.Gradient(
                        dys.AsSpan(first, channels.Positions), xs.AsSpan(first, channels.Positions), meanDy, meanProduct,
                        scales[c] * inverse, dxs.AsSpan(first, channels.Positions));
                }
            }
        });
    }

    // Without spatial axes a channel has a single value in each sample, which needs no vector.
    private static double Sum(ReadOnlySpan<float> x) => x.Length == 1 ? x[0] : FoldRow(default(Functions.Add), x);

    private static double SumOfSquares(ReadOnlySpan<float> x, float mean) =>
        x.Length == 1 ? (x[0] - mean) * (x[0] - mean)
        : x.Length <= RowBlock ? SumOfFewSquares(x, mean)
        : SumOfManySquares(x, mean);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfManySquares(ReadOnlySpan<float> x, float mean)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i += RowBlock)
        {
            sum += SumOfFewSquares(x.Slice(i, Math.Min(RowBlock, x.Length - i)), mean);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOfFewSquares(ReadOnlySpan<float> x, float mean)
    {
        var mu = Vector512.Create(mean);
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var i = 0;
        for (; i <= x.Length - 4 * Lanes.Width; i += 4 * Lanes.Width)
        {
            a = AddSquare(a, Lanes.Load(x, i) - mu);
            b = AddSquare(b, Lanes.Load(x, i + Lanes.Width) - mu);
            c = AddSquare(c, Lanes.Load(x, i + 2 * Lanes.Width) - mu);
            d = AddSquare(d, Lanes.Load(x, i + 3 * Lanes.Width) - mu);
        }

        for (; i <= x.Length - Lanes.Width; i += Lanes.Width)
        {
            a = AddSquare(a, Lanes.Load(x, i) - mu);
        }

        if (i < x.Length)
        {
            b = AddSquare(b, (Lanes.Load(x, i) - mu) & Lanes.First(x.Length - i));
        }

        return FoldLanes(default(Functions.Add), a + b + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddSquare(Vector512<float> sum, Vector512<float> d) => Vector512.MultiplyAddEstimate(d, d, sum);
}
