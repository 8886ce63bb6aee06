using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void CrossEntropy(DeviceBuffer x, int[] labels, DeviceBuffer? weights, DeviceBuffer p, DeviceBuffer y, int count)
    {
        var results = (CpuBuffer.Of(p), CpuBuffer.Of(y));
        Work.ByCost(labels.Length, (long)count * ExponentialCost, (CpuBuffer.Of(x), labels, results, count), static (in work, start, end) =>
        {
            var (xs, labels, (ps, ys), count) = work;
            for (var row = start; row < end; row += Lanes.Width)
            {
                var (rows, first) = (Math.Min(Lanes.Width, end - row), row * count);
                CrossEntropyRows(xs.AsSpan(first, rows * count), labels.AsSpan(row, rows), ps.AsSpan(first, rows * count), ys.AsSpan(row, rows), count);
            }
        });
        if (weights is not null)
        {
            Zip(default(Multiply), y, [1], weights, [1], y, [labels.Length]);
        }
    }

    public void CrossEntropyGradient(DeviceBuffer p, int[] labels, DeviceBuffer? weights, DeviceBuffer dy, float factor, DeviceBuffer dx, int count)
    {
        var given = (CpuBuffer.Of(p), labels, weights is null ? null : CpuBuffer.Of(weights), CpuBuffer.Of(dy), factor);
        Work.ByCost(labels.Length, count, (given, CpuBuffer.Of(dx), count), static (in work, start, end) =>
        {
            var ((ps, labels, weights, dys, factor), dxs, count) = work;
            for (var row = start; row < end; row++)
            {
                var share = factor * dys[dys.Length == 1 ? 0 : row] * (weights?[row] ?? 1);
                var p = ps.AsSpan(row * count, count);
                var dx = dxs.AsSpan(row * count, count);
                Scale(p, share, dx);
                dx[labels[row]] = share * (p[labels[row]] - 1);
            }
        });
    }

    // ln Σ eˣ = max x + ln Σ e^(x - max x), and as many rows as a vector has lanes take one logarithm.
    private static void CrossEntropyRows(ReadOnlySpan<float> x, ReadOnlySpan<int> labels, Span<float> p, Span<float> y, int count)
    {
        Span<float> sums = stackalloc float[Lanes.Width];
        for (var row = 0; row < labels.Length; row++)
        {
            var values = x.Slice(row * count, count);
            var powers = p.Slice(row * count, count);
            var largest = FoldRow(default(Maximum), values);
            sums[row] = Powers(values, largest, powers);
            y[row] = largest - values[labels[row]];
            Scale(powers, 1 / sums[row], powers);
        }

        Lanes.Store(Lanes.Load(y, 0) + Vector512.Log(Lanes.Load(sums, 0)), y, 0);
    }

    // By itself, as in log-softmax.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Powers(ReadOnlySpan<float> x, float largest, Span<float> powers)
    {
        var (shift, sum) = (Vector512.Create(largest), Vector512<float>.Zero);
        for (var i = 0; i < x.Length; i += Lanes.Width)
        {
            var power = default(Exp).F(Lanes.Load(x, i) - shift);
            sum += x.Length - i >= Lanes.Width ? power : power & Lanes.First(x.Length - i);
            Lanes.Store(power, powers, i);
        }

        return FoldLanes(default(Add), sum);
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
