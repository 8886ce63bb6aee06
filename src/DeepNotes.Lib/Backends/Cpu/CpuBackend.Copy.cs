using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to)
    {
        var (source, target) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        var axes = StridedAxes.Merge(to.Lengths, from.Strides, to.Strides);
        Work.ByCost(axes.OuterLength, axes.InnerLength, (source, from.Offset, target, to.Offset, axes), static (in work, start, end) =>
        {
            var (source, from, target, to, axes) = work;
            for (var row = start; row < end; row++)
            {
                var (i, j) = axes.Offsets(row);
                CopyRun(source, from + i, axes.InnerStrideA, target, to + j, axes.InnerStrideB, axes.InnerLength);
            }
        });
    }

    public void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        var (source, target) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        Work.ByCost(indices.Length, width, (source, indices, width, target), static (in work, start, end) =>
        {
            var (source, indices, width, target) = work;
            for (var i = start; i < end; i++)
            {
                source.AsSpan(indices[i] * width, width).CopyTo(target.AsSpan(i * width, width));
            }
        });
    }

    // An index may repeat, and as often as there are words in a text: its rows are one sum, in their order and in double. They are
    // a chain, from the first row of an index to the next.
    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        if (width == 0)
        {
            return;
        }

        var (target, targets) = (CpuBuffer.Of(y), y.Length / width);
        var (first, next, met) = (ArrayPool<int>.Shared.Rent(targets), ArrayPool<int>.Shared.Rent(indices.Length), ArrayPool<int>.Shared.Rent(indices.Length));
        var count = Chain(indices, first.AsSpan(0, targets), next, met);
        var cost = (long)width * indices.Length / Math.Max(1, count);
        Work.ByCost(count, cost, (CpuBuffer.Of(x), met.AsMemory(0, count), first, next, width, target), static (in work, start, end) =>
        {
            var (source, met, first, next, width, target) = work;
            foreach (var index in met.Span[start..end])
            {
                AddRows(source, first[index], next, target.AsSpan(index * width, width));
            }
        });
        ArrayPool<int>.Shared.Return(first);
        ArrayPool<int>.Shared.Return(next);
        ArrayPool<int>.Shared.Return(met);
    }

    // The first row of each index, the next row with the same index after each row (-1 where there is none), and the indices that occur.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Chain(int[] indices, Span<int> first, int[] next, int[] met)
    {
        var count = 0;
        first.Fill(-1);
        for (var i = indices.Length - 1; i >= 0; i--)
        {
            ref var link = ref first[indices[i]];
            met[count] = indices[i];
            count += link < 0 ? 1 : 0;
            (next[i], link) = (link, i);
        }

        met.AsSpan(0, count).Reverse();
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(float[] x, int first, int[] next, Span<float> y)
    {
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            var row = first;
            var sum = AddSome(x, ref row, next, y.Length, i);
            if (row >= 0)
            {
                var total = default(LongSum);
                total.Add(sum);
                while (row >= 0)
                {
                    total.Add(AddSome(x, ref row, next, y.Length, i));
                }

                sum = total.Lanes;
            }

            Lanes.Store(Lanes.Load(y, i) + sum, y, i);
        }
    }

    // Sixteen columns of some rows; what lies beyond the last column is computed but not stored.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddSome(float[] x, ref int row, int[] next, int width, int column)
    {
        var sum = Vector512<float>.Zero;
        for (var n = 0; n < LongSum.Block && row >= 0; n++, row = next[row])
        {
            sum += Lanes.Load(x, row * width + column);
        }

        return sum;
    }

    private static void CopyRun(float[] x, int i, int step, float[] y, int j, int stride, int length)
    {
        if (step == 1 && stride == 1)
        {
            x.AsSpan(i, length).CopyTo(y.AsSpan(j, length));
            return;
        }

        for (var k = 0; k < length; k++)
        {
            y[j + k * stride] = x[i + k * step];
        }
    }
}
