using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    private const int ExponentialCost = 16;

    public void LogSoftmax(DeviceBuffer x, DeviceBuffer y, int rows, int count)
    {
        var (xs, ys) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        Work.ByCost(rows, (long)count * ExponentialCost, (xs, ys, count), static (in work, start, end) =>
        {
            var (xs, ys, count) = work;
            for (var row = start; row < end; row += Lanes.Width)
            {
                var values = Math.Min(Lanes.Width, end - row) * count;
                LogSoftmaxRows(xs.AsSpan(row * count, values), ys.AsSpan(row * count, values), count);
            }
        });
    }

    public void LogSoftmaxGradient(DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx, int rows, int count)
    {
        var (ys, dys, dxs) = (CpuBuffer.Of(y), CpuBuffer.Of(dy), CpuBuffer.Of(dx));
        Work.ByCost(rows, (long)count * ExponentialCost, (ys, dys, dxs, count), static (in work, start, end) =>
        {
            var (ys, dys, dxs, count) = work;
            for (var row = start; row < end; row++)
            {
                LogSoftmaxRowGradient(ys.AsSpan(row * count, count), dys.AsSpan(row * count, count), dxs.AsSpan(row * count, count));
            }
        });
    }

    // As many rows as a vector has lanes: one logarithm for all of them.
    private static void LogSoftmaxRows(ReadOnlySpan<float> x, Span<float> y, int count)
    {
        Span<float> largest = stackalloc float[Lanes.Width];
        Span<float> logarithms = stackalloc float[Lanes.Width];
        var rows = x.Length / count;
        for (var row = 0; row < rows; row++)
        {
            var values = x.Slice(row * count, count);
            largest[row] = FoldRow(default(Maximum), values);
            logarithms[row] = SumOfPowers(values, largest[row]);
        }

        Lanes.Store(Vector512.Log(Lanes.Load(logarithms, 0)), logarithms, 0);
        for (var row = 0; row < rows; row++)
        {
            Subtract(x.Slice(row * count, count), largest[row], logarithms[row], y.Slice(row * count, count));
        }
    }

    // By itself, as the other loop with an exponential is: in line, its formula would find no registers left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float SumOfPowers(ReadOnlySpan<float> x, float largest)
    {
        var (shift, sum) = (Vector512.Create(largest), Vector512<float>.Zero);
        for (var i = 0; i < x.Length; i += Lanes.Width)
        {
            var power = default(Exp).F(Lanes.Load(x, i) - shift);
            sum += x.Length - i >= Lanes.Width ? power : power & Lanes.First(x.Length - i);
        }

        return FoldLanes(default(Add), sum);
    }

    // One after the other: together they would lose digits of x.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(ReadOnlySpan<float> x, float first, float second, Span<float> y)
    {
        var (a, b) = (Vector512.Create(first), Vector512.Create(second));
        for (var i = 0; i < x.Length; i += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(x, i) - a - b, y, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LogSoftmaxRowGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        var sum = Vector512.Create(FoldRow(default(Add), dy));
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(dy, i) - default(Exp).F(Lanes.Load(y, i)) * sum, dx, i);
        }
    }
}
