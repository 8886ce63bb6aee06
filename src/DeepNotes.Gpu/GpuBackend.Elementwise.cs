using DeepNotes.Functions;

namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Fill(DeviceBuffer y, float value)
    {
        lock (_gate)
        {
            _launch.Run(ElementwiseKernels.Fill, _launch.Over(y.Length), View(y), value);
        }
    }

    public void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to)
    {
        lock (_gate)
        {
            Copy(x, from.Offset, from.Strides, y, to.Offset, to.Strides, to.Lengths);
        }
    }

    public void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp
    {
        lock (_gate)
        {
            _launch.Run(ElementwiseKernels.Map<TOp>, _launch.Over(y.Length), f, View(x), View(y));
        }
    }

    public void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp
    {
        lock (_gate)
        {
            _launch.Run(ElementwiseKernels.MapGradient<TOp>, _launch.Over(dx.Length), f, View(x), View(y), View(dy), View(dx));
        }
    }

    public void Zip<TOp>(
        TOp f, DeviceBuffer a, ReadOnlySpan<int> aStrides, DeviceBuffer b, ReadOnlySpan<int> bStrides, DeviceBuffer y, ReadOnlySpan<int> lengths)
        where TOp : struct, IBinaryOp
    {
        lock (_gate)
        {
            Zip(f, a, 0, aStrides, b, 0, bStrides, y, 0, lengths);
        }
    }

    public void Update<TOp>(TOp f, DeviceBuffer w, DeviceBuffer g, DeviceBuffer a, DeviceBuffer b)
        where TOp : struct, IUpdateOp
    {
        lock (_gate)
        {
            _launch.Run(ElementwiseKernels.Update<TOp>, _launch.Over(w.Length), f, View(w), View(g), View(a), View(b));
        }
    }

    // With more axes than a kernel supports, the host loops over the outermost one.
    private void Copy(DeviceBuffer x, int from, ReadOnlySpan<int> fromStrides, DeviceBuffer y, int to, ReadOnlySpan<int> toStrides, ReadOnlySpan<int> lengths)
    {
        if (Axes.TryMerge(lengths, fromStrides, toStrides, from, to, out var axes) <= Axes.Most)
        {
            if (axes.Length > 0)
            {
                _launch.Run(ElementwiseKernels.Copy, _launch.Over(axes.Length), View(x), axes, View(y));
            }

            return;
        }

        for (var i = 0; i < lengths[0]; i++)
        {
            Copy(x, from + i * fromStrides[0], fromStrides[1..], y, to + i * toStrides[0], toStrides[1..], lengths[1..]);
        }
    }

    private void Zip<TOp>(
        TOp f, DeviceBuffer a, int startA, ReadOnlySpan<int> aStrides, DeviceBuffer b, int startB, ReadOnlySpan<int> bStrides,
        DeviceBuffer y, int first, ReadOnlySpan<int> lengths)
        where TOp : struct, IBinaryOp
    {
        if (Axes.TryMerge(lengths, aStrides, bStrides, startA, startB, out var axes) <= Axes.Most)
        {
            if (axes.Length > 0 && axes.IsStraight && first == 0 && axes.Length == y.Length)
            {
                _launch.Run(ElementwiseKernels.Zip<TOp>, _launch.Over(y.Length), f, View(a), View(b), View(y));
            }
            else if (axes.Length > 0)
            {
                _launch.Run(ElementwiseKernels.ZipStrided<TOp>, _launch.Over(axes.Length), f, View(a), View(b), axes, View(y), first);
            }

            return;
        }

        var inner = 1;
        foreach (var length in lengths[1..])
        {
            inner *= length;
        }

        for (var i = 0; i < lengths[0]; i++)
        {
            Zip(f, a, startA + i * aStrides[0], aStrides[1..], b, startB + i * bStrides[0], bStrides[1..], y, first + i * inner, lengths[1..]);
        }
    }
}
