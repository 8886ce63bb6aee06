using System.Runtime.CompilerServices;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Update<TOp>(TOp f, DeviceBuffer w, DeviceBuffer g, DeviceBuffer a, DeviceBuffer b)
        where TOp : struct, IUpdateOp
    {
        var (wAll, gAll, aAll, bAll) = (CpuBuffer.Of(w), CpuBuffer.Of(g), CpuBuffer.Of(a), CpuBuffer.Of(b));
        Work.InPieces(wAll.Length, MapPiece, (f, wAll, gAll, aAll, bAll), [MethodImpl(MethodImplOptions.AggressiveOptimization)] static (in work, start, end) =>
        {
            var (f, wAll, gAll, aAll, bAll) = work;
            var length = end - start;
            var ws = wAll.AsSpan(start, length);
            var gs = gAll.AsSpan(start, length);
            var first = aAll.AsSpan(start, length);
            var second = bAll.AsSpan(start, length);
            for (var i = 0; i < length; i += Lanes.Width)
            {
                var (x, u, v) = (Lanes.Load(ws, i), Lanes.Load(first, i), Lanes.Load(second, i));
                f.Update(ref x, Lanes.Load(gs, i), ref u, ref v);
                Lanes.Store(x, ws, i);

                // Second, then first: who remembers one number gives the same memory for both.
                Lanes.Store(v, second, i);
                Lanes.Store(u, first, i);
            }
        });
    }
}
