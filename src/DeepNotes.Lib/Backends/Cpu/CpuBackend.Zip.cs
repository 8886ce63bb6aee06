using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Zip<TOp>(
        TOp f, DeviceBuffer a, ReadOnlySpan<int> aStrides, DeviceBuffer b, ReadOnlySpan<int> bStrides, DeviceBuffer y, ReadOnlySpan<int> lengths)
        where TOp : struct, IBinaryOp
    {
        var (aAll, bAll, yAll) = (CpuBuffer.Of(a), CpuBuffer.Of(b), CpuBuffer.Of(y));
        var axes = StridedAxes.Merge(lengths, aStrides, bStrides);
        var inner = axes.InnerLength;
        if (axes.OuterLength == 1)
        {
            Work.InPieces(inner, MapPiece, (f, aAll, bAll, yAll, axes), static (in work, start, end) =>
            {
                var (f, aAll, bAll, yAll, axes) = work;
                ZipRow(
                    f, aAll, start * axes.InnerStrideA, axes.InnerStrideA, bAll, start * axes.InnerStrideB, axes.InnerStrideB,
                    yAll.AsSpan(start, end - start));
            });
            return;
        }

        Work.ByCost(axes.OuterLength, inner, (f, aAll, bAll, yAll, axes), static (in work, start, end) =>
        {
            var (f, aAll, bAll, yAll, axes) = work;
            var inner = axes.InnerLength;
            for (var row = start; row < end; row++)
            {
                var (aStart, bStart) = axes.Offsets(row);
                ZipRow(f, aAll, aStart, axes.InnerStrideA, bAll, bStart, axes.InnerStrideB, yAll.AsSpan(row * inner, inner));
            }
        });
    }

    // An inner stride is 1 (a run of values) or 0 (one value repeated).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ZipRow<TOp>(TOp f, float[] a, int aStart, int aStride, float[] b, int bStart, int bStride, Span<float> y)
        where TOp : struct, IBinaryOp
    {
        ReadOnlySpan<float> aRun = a.AsSpan(aStart, aStride == 0 ? 1 : y.Length);
        ReadOnlySpan<float> bRun = b.AsSpan(bStart, bStride == 0 ? 1 : y.Length);
        var (aOne, bOne) = (Vector512.Create(aRun[0]), Vector512.Create(bRun[0]));
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            var u = aStride == 0 ? aOne : Lanes.Load(aRun, i);
            var v = bStride == 0 ? bOne : Lanes.Load(bRun, i);
            Lanes.Store(f.F(u, v), y, i);
        }
    }
}
