using System.Numerics;
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

    // As many rows as a vector has lanes: one logarithm for all of them. y holds the powers until it is written.
    private static void LogSoftmaxRows(ReadOnlySpan<float> x, Span<float> y, int count)
    {
        Span<float> largest = stackalloc float[Lanes.Width];
        Span<float> logarithms = stackalloc float[Lanes.Width];
        var rows = x.Length / count;
        for (var row = 0; row < rows; row++)
        {
            var values = x.Slice(row * count, count);
            largest[row] = (float)FoldRow(default(Maximum), values);
            logarithms[row] = Powers(values, largest[row], y.Slice(row * count, count));
        }

        Lanes.Store(LogOnePlus(Lanes.Load(logarithms, 0)), logarithms, 0);
        for (var row = 0; row < rows; row++)
        {
            Subtract(x.Slice(row * count, count), largest[row], logarithms[row], y.Slice(row * count, count));
        }
    }

    // Σ e^(x - max x) - 1. An infinite largest value has no distance from itself: the sum is NaN, as x - max x is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float WithoutLargest(double others, int equals, float largest) => (float)(others + (equals - 1) + (largest - largest));

    // Of the first powers e^(x - max x), those that are not the largest one's 1, which are only counted: in a row whose largest value
    // is far above the others, what is left without it is all that ln(1 + ·) is made of.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Others(Vector512<float> powers, Vector512<float> x, Vector512<float> largest, int count, ref int equals)
    {
        var isLargest = Vector512.Equals(x, largest);
        if (count < Lanes.Width)
        {
            (powers, isLargest) = (powers & Lanes.First(count), isLargest & Lanes.First(count));
        }

        equals += BitOperations.PopCount(isLargest.ExtractMostSignificantBits());
        return Vector512.AndNot(powers, isLargest);
    }

    // ln(1 + u) for u ≥ 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogOnePlus(Vector512<float> u) => Vector512.ConditionalSelect(
        Vector512.LessThan(u, Vector512<float>.One), Log.OnePlus(u), Vector512.Log(Vector512<float>.One + u));

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
        var sum = (float)FoldRow(default(Add), dy);
        var near = -1;
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            var log = Lanes.Load(y, i);
            var isNear = Vector512.GreaterThan(log, Vector512.Create(-0.25f)).ExtractMostSignificantBits();
            near = near < 0 && isNear != 0 ? i + BitOperations.TrailingZeroCount(isNear) : near;
            Lanes.Store(Lanes.Load(dy, i) - default(Exp).F(log) * Vector512.Create(sum), dx, i);
        }

        // Where eʸ is nearly 1, which is so for one value at most, the others are what counts: dy - Σ dy - (eʸ - 1)·Σ dy.
        if (near >= 0 && near < y.Length)
        {
            var others = (float)(FoldRow(default(Add), dy[..near]) + FoldRow(default(Add), dy[(near + 1)..]));
            dx[near] = -others - Exp.MinusOne(y[near]) * sum;
        }
    }
}
