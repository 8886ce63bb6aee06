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
        Work.ByCost(rows, (long)count * ExponentialCost, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                LogSoftmaxRow(xs.AsSpan(row * count, count), ys.AsSpan(row * count, count));
            }
        });
    }

    public void LogSoftmaxGradient(DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx, int rows, int count)
    {
        var (ys, dys, dxs) = (CpuBuffer.Of(y), CpuBuffer.Of(dy), CpuBuffer.Of(dx));
        Work.ByCost(rows, (long)count * ExponentialCost, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                LogSoftmaxRowGradient(ys.AsSpan(row * count, count), dys.AsSpan(row * count, count), dxs.AsSpan(row * count, count));
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LogSoftmaxRow(ReadOnlySpan<float> x, Span<float> y)
    {
        var largest = Vector512.Create(FoldRow(default(Maximum), x));
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < x.Length; i += Lanes.Width)
        {
            var power = default(Exp).F(Lanes.Load(x, i) - largest);
            sum += x.Length - i >= Lanes.Width ? power : power & Lanes.First(x.Length - i);
        }

        var logarithm = Vector512.Create(MathF.Log(FoldLanes(default(Add), sum)));
        for (var i = 0; i < x.Length; i += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(x, i) - largest - logarithm, y, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LogSoftmaxRowGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        var sum = Vector512.Create(FoldRow(default(Add), dy));
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(dy, i) - default(Exp).F(Lanes.Load(y, i)) * sum, dx, i);
        }
    }
}
