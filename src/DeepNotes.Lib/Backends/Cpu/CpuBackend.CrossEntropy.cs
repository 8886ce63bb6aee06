using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void CrossEntropy(DeviceBuffer x, int[] labels, DeviceBuffer? weights, DeviceBuffer d, DeviceBuffer y, int count)
    {
        var results = (CpuBuffer.Of(d), CpuBuffer.Of(y));
        Work.ByCost(labels.Length, (long)count * ExponentialCost, (CpuBuffer.Of(x), labels, results, count), static (in work, start, end) =>
        {
            var (xs, labels, (ds, ys), count) = work;
            for (var row = start; row < end; row += Lanes.Width)
            {
                var (rows, first) = (Math.Min(Lanes.Width, end - row), row * count);
                CrossEntropyRows(xs.AsSpan(first, rows * count), labels.AsSpan(row, rows), ds.AsSpan(first, rows * count), ys.AsSpan(row, rows), count);
            }
        });
        if (weights is not null)
        {
            Zip(default(Multiply), y, [1], weights, [1], y, [labels.Length]);
        }
    }

    public void CrossEntropyGradient(DeviceBuffer d, DeviceBuffer? weights, DeviceBuffer dy, float factor, DeviceBuffer dx, int count)
    {
        var given = (CpuBuffer.Of(d), weights is null ? null : CpuBuffer.Of(weights), CpuBuffer.Of(dy), factor);
        Work.ByCost(dx.Length / count, count, (given, CpuBuffer.Of(dx), count), static (in work, start, end) =>
        {
            var ((ds, weights, dys, factor), dxs, count) = work;
            for (var row = start; row < end; row++)
            {
                var share = factor * dys[dys.Length == 1 ? 0 : row] * (weights?[row] ?? 1);
                Scale(ds.AsSpan(row * count, count), share, dxs.AsSpan(row * count, count));
            }
        });
    }

    // With u = Σ e^(x - max x) - 1, ln Σ eˣ = max x + ln(1 + u), and as many rows as a vector has lanes take one logarithm. The
    // label's p - 1 is -u/(1 + u) where it is the largest: a p that has rounded to 1 would leave nothing of it.
    private static void CrossEntropyRows(ReadOnlySpan<float> x, ReadOnlySpan<int> labels, Span<float> d, Span<float> y, int count)
    {
        Span<float> sums = stackalloc float[Lanes.Width];
        for (var row = 0; row < labels.Length; row++)
        {
            var values = x.Slice(row * count, count);
            var powers = d.Slice(row * count, count);
            var (label, largest) = (labels[row], (float)FoldRow(default(Maximum), values));
            var others = sums[row] = Powers(values, largest, powers);
            y[row] = largest - values[label];
            Scale(powers, 1 / (1 + others), powers);
            powers[label] = y[row] == 0 ? -others / (1 + others) : powers[label] - 1;
        }

        Lanes.Store(Lanes.Load(y, 0) + LogOnePlus(Lanes.Load(sums, 0)), y, 0);
    }

    // e^(x - max x), and their sum less 1. By itself: in line, the formula of the exponential would find no registers left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Powers(ReadOnlySpan<float> x, float largest, Span<float> powers)
    {
        var (shift, total, equals) = (Vector512.Create(largest), 0.0, 0);
        for (var i = 0; i < x.Length;)
        {
            var sum = Vector512<float>.Zero;
            for (var end = Math.Min(x.Length, i + LongSum.Block * Lanes.Width); i < end; i += Lanes.Width)
            {
                var values = Lanes.Load(x, i);
                var power = default(Exp).F(values - shift);
                Lanes.Store(power, powers, i);
                sum += Others(power, values, shift, x.Length - i, ref equals);
            }

            total += FoldLanes(default(Add), sum);
        }

        return WithoutLargest(total, equals, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ReadOnlySpan<float> x, float factor, Span<float> y)
    {
        var factors = Vector512.Create(factor);
        for (var i = 0; i < x.Length; i += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(x, i) * factors, y, i);
        }
    }
}
