namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to)
    {
        var (source, target) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        var axes = StridedAxes.Merge(to.Lengths, from.Strides, to.Strides);
        if (Array.IndexOf(to.Lengths, 0) >= 0)
        {
            return;
        }

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

    // In the order of i on one thread: an index may repeat, and float sums depend on their order.
    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        var (source, target) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        for (var i = 0; i < indices.Length; i++)
        {
            AddTo(target.AsSpan(indices[i] * width, width), source.AsSpan(i * width, width));
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
