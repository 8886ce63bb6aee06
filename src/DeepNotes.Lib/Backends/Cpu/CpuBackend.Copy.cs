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

    // An index may repeat, and as often as there are words in a text: its rows are one sum, in their order and in double.
    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        var (order, starts) = ByIndex(indices);
        var cost = (long)width * indices.Length / Math.Max(1, starts.Length);
        Work.ByCost(starts.Length, cost, (CpuBuffer.Of(x), indices, order, starts, width, CpuBuffer.Of(y)), static (in work, first, last) =>
        {
            var (source, indices, order, starts, width, target) = work;
            for (var run = first; run < last; run++)
            {
                var rows = order.AsSpan(starts[run]..(run + 1 < starts.Length ? starts[run + 1] : order.Length));
                AddRows(source, rows, width, target.AsSpan(indices[rows[0]] * width, width));
            }
        });
    }

    // The positions in the order of their indices, equal ones in their own order, and where each index begins.
    private static (int[] Order, int[] Starts) ByIndex(int[] indices)
    {
        int[] order = [.. Enumerable.Range(0, indices.Length)];
        var isAscending = true;
        for (var i = 1; i < indices.Length && isAscending; i++)
        {
            isAscending = indices[i] > indices[i - 1];
        }

        if (isAscending)
        {
            return (order, order);
        }

        var keys = new long[indices.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)indices[i] << 32) | (uint)i;
        }

        Array.Sort(keys);
        var starts = new List<int>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            order[i] = (int)keys[i];
            if (i == 0 || keys[i] >> 32 != keys[i - 1] >> 32)
            {
                starts.Add(i);
            }
        }

        return (order, [.. starts]);
    }

    private static void AddRows(float[] x, ReadOnlySpan<int> rows, int width, Span<float> y)
    {
        if (rows.Length <= LongSum.Block)
        {
            foreach (var row in rows)
            {
                AddTo(y, x.AsSpan(row * width, width));
            }

            return;
        }

        for (var i = 0; i < width; i += Lanes.Width)
        {
            var (total, columns) = (default(LongSum), Math.Min(Lanes.Width, width - i));
            for (var r = 0; r < rows.Length;)
            {
                var sum = Vector512<float>.Zero;
                for (var end = Math.Min(rows.Length, r + LongSum.Block); r < end; r++)
                {
                    sum += Lanes.Load(x.AsSpan(rows[r] * width + i, columns), 0);
                }

                total.Add(sum);
            }

            Lanes.Store(Lanes.Load(y, i) + total.Lanes, y, i);
        }
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
