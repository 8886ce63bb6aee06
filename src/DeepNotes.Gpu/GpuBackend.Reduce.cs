using DeepNotes.Functions;

namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    // A row of at most this length is folded by one thread.
    private const int ShortRow = 64;

    // The minimum number of values in a piece, for which a second stage pays off.
    private const int Piece = 2048;

    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        if (outer * inner == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (inner == 1)
            {
                ReduceRows(f, x, y, outer, count);
            }
            else
            {
                ReduceColumns(f, x, y, outer, count, inner);
            }
        }
    }

    private void ReduceRows<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int rows, int count)
        where TOp : struct, IReduceOp
    {
        if (count <= ShortRow)
        {
            _launch.Run(ReductionKernels.Rows<TOp>, _launch.Over(rows), f, View(x), View(y), count);
            return;
        }

        var pieces = Pieces(count, Piece, rows);
        if (pieces == 1)
        {
            FoldRows(f, x, y, rows, count, 1);
            return;
        }

        using var parts = _memory.Take(rows * pieces);
        FoldRows(f, x, parts, rows, count, pieces);
        FoldRows(f, parts, y, rows, pieces, 1);
    }

    private void FoldRows<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int rows, int count, int pieces)
        where TOp : struct, IReduceOp =>
        _launch.Run(ReductionKernels.RowPieces<TOp>, _launch.Each(rows * pieces), f, View(x), View(y), count, pieces, CeilDiv(count, pieces));

    private void ReduceColumns<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        var tiles = CeilDiv(inner, Math.Min(inner, _launch.GroupSize));
        var lanes = _launch.GroupSize / Math.Min(inner, _launch.GroupSize);
        var pieces = Pieces(count, Math.Max(ShortRow, Piece / _launch.GroupSize * lanes), outer * tiles);
        if (pieces == 1)
        {
            FoldColumns(f, x, y, outer, count, inner, 1, tiles);
            return;
        }

        using var parts = _memory.Take(outer * pieces * inner);
        FoldColumns(f, x, parts, outer, count, inner, pieces, tiles);
        FoldColumns(f, parts, y, outer, pieces, inner, 1, tiles);
    }

    private void FoldColumns<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner, int pieces, int tiles)
        where TOp : struct, IReduceOp =>
        _launch.Run(ReductionKernels.Columns<TOp>, _launch.Each(outer * pieces * tiles), f, View(x), View(y), count, inner, pieces, CeilDiv(count, pieces));

    // The number of pieces of a fold, from the numbers of its values and of the folds: enough work for the device, and no
    // piece shorter than the minimum. No piece is empty.
    private int Pieces(int count, int length, int folds)
    {
        var wanted = Math.Min(count / length, 8 * Math.Max(1, _accelerator.NumMultiprocessors) / folds);
        var pieces = Math.Clamp(wanted, 1, 256);
        return CeilDiv(count, CeilDiv(Math.Max(1, count), pieces)) is var whole && whole > 0 ? whole : 1;
    }

    private static int CeilDiv(int a, int b) => (a + b - 1) / b;
}
