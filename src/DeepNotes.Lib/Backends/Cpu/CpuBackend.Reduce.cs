using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // A long row is folded in pieces of this many values, and the pieces in their order: that is faster on two cores,
    // and more exact than one running sum.
    private const int RowPiece = 1 << 14;
    private const int ColumnPiece = 1 << 8;

    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        var (from, to) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        if (inner > 1)
        {
            ReduceColumns(f, from, to, outer, count, inner);
        }
        else if (count <= RowPiece)
        {
            Work.ByCost(outer, count, (f, from, to, count), static (in work, start, end) =>
            {
                var (f, from, to, count) = work;
                for (var row = start; row < end; row++)
                {
                    to[row] = FoldRow(f, from.AsSpan(row * count, count));
                }
            });
        }
        else
        {
            for (var row = 0; row < outer; row++)
            {
                to[row] = FoldLongRow(f, from.AsMemory(row * count, count));
            }
        }
    }

    private static float FoldLongRow<TOp>(TOp f, ReadOnlyMemory<float> row)
        where TOp : struct, IReduceOp
    {
        var parts = new float[Work.Pieces(row.Length, RowPiece)];
        Work.InPieces(row.Length, RowPiece, (f, row, parts), static (in work, start, end) =>
        {
            var (f, row, parts) = work;
            parts[start / RowPiece] = FoldRow(f, row.Span[start..end]);
        });
        return FoldRow(f, parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float FoldRow<TOp>(TOp f, ReadOnlySpan<float> row)
        where TOp : struct, IReduceOp
    {
        var identity = Vector512.Create(f.Identity);
        var (a, b) = (identity, identity);
        var i = 0;
        for (; i <= row.Length - 2 * Lanes.Width; i += 2 * Lanes.Width)
        {
            a = f.F(a, Lanes.Load(row, i));
            b = f.F(b, Lanes.Load(row, i + Lanes.Width));
        }

        var sum = f.F(a, b);
        for (; i <= row.Length - Lanes.Width; i += Lanes.Width)
        {
            sum = f.F(sum, Lanes.Load(row, i));
        }

        if (i < row.Length)
        {
            sum = f.F(sum, Vector512.ConditionalSelect(Lanes.First(row.Length - i), Lanes.Load(row, i), identity));
        }

        return FoldLanes(f, sum);
    }

    // Halves on halves: eight lanes, four, two, one.
    private static float FoldLanes<TOp>(TOp f, Vector512<float> lanes)
        where TOp : struct, IReduceOp
    {
        var eight = f.F(lanes, lanes.GetUpper().ToVector512Unsafe()).GetLower();
        var four = f.F(eight.ToVector512Unsafe(), eight.GetUpper().ToVector256Unsafe().ToVector512Unsafe()).GetLower().GetLower();
        var two = f.F(Lowest(four), Lowest(Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3)))).GetLower().GetLower();
        return f.F(two[0], two[1]);

        static Vector512<float> Lowest(Vector128<float> lowest) => lowest.ToVector256Unsafe().ToVector512Unsafe();
    }

    // y[o, :] = f over c of x[o, c, :], vectors running along the inner axis.
    private static void ReduceColumns<TOp>(TOp f, float[] x, float[] y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        var pieces = Work.Pieces(inner, ColumnPiece);
        Work.ByCost(outer * pieces, (long)count * Math.Min(inner, ColumnPiece), (f, x, y, count, inner, pieces), static (in work, first, last) =>
        {
            var (f, x, y, count, inner, pieces) = work;
            for (var piece = first; piece < last; piece++)
            {
                var (o, column) = (piece / pieces, piece % pieces * ColumnPiece);
                var width = Math.Min(ColumnPiece, inner - column);
                FoldColumns(f, x, (o * count * inner) + column, count, inner, y.AsSpan((o * inner) + column, width));
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldColumns<TOp>(TOp f, float[] x, int start, int count, int stride, Span<float> y)
        where TOp : struct, IReduceOp
    {
        y.Fill(f.Identity);
        for (var c = 0; c < count; c++)
        {
            ReadOnlySpan<float> row = x.AsSpan(start + c * stride, y.Length);
            for (var i = 0; i < y.Length; i += Lanes.Width)
            {
                Lanes.Store(f.F(Lanes.Load(y, i), Lanes.Load(row, i)), y, i);
            }
        }
    }
}
