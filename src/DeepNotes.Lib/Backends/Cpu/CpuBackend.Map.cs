using System.Runtime.CompilerServices;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // A piece is a multiple of the vector width, so that only the last one has a tail.
    private const int MapPiece = 1 << 14;

    public void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp
    {
        var (from, to) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        Work.InPieces(to.Length, MapPiece, (f, from, to), [MethodImpl(MethodImplOptions.AggressiveOptimization)] static (in work, start, end) =>
        {
            var (f, from, to) = work;
            var xs = from.AsSpan(start, end - start);
            var ys = to.AsSpan(start, end - start);
            for (var i = 0; i < ys.Length; i += Lanes.Width)
            {
                Lanes.Store(f.F(Lanes.Load(xs, i)), ys, i);
            }
        });
    }

    public void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp
    {
        var (xAll, yAll, dyAll, dxAll) = (CpuBuffer.Of(x), CpuBuffer.Of(y), CpuBuffer.Of(dy), CpuBuffer.Of(dx));
        Work.InPieces(dxAll.Length, MapPiece, (f, xAll, yAll, dyAll, dxAll), [MethodImpl(MethodImplOptions.AggressiveOptimization)] static (in work, start, end) =>
        {
            var (f, xAll, yAll, dyAll, dxAll) = work;
            var length = end - start;
            var xs = xAll.AsSpan(start, length);
            var ys = yAll.AsSpan(start, length);
            var dys = dyAll.AsSpan(start, length);
            var dxs = dxAll.AsSpan(start, length);
            for (var i = 0; i < length; i += Lanes.Width)
            {
                Lanes.Store(Lanes.Load(dys, i) * f.Derivative(Lanes.Load(xs, i), Lanes.Load(ys, i)), dxs, i);
            }
        });
    }
}
