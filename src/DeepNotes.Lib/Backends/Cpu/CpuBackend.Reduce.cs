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

    // Halves on halves: eight lanes, four, two, one. In line, for the vector would go through memory to a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    // Four vectors of columns at a time: the sums stay in registers on their way down.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldColumns<TOp>(TOp f, float[] x, int start, int count, int stride, Span<float> y)
        where TOp : struct, IReduceOp
    {
        var i = 0;
        for (; i <= y.Length - 4 * Lanes.Width; i += 4 * Lanes.Width)
        {
            var s0 = Vector512.Create(f.Identity);
            var (s1, s2, s3) = (s0, s0, s0);
            for (var c = 0; c < count; c++)
            {
                ReadOnlySpan<float> row = x.AsSpan(start + c * stride + i, 4 * Lanes.Width);
                s0 = f.F(s0, Lanes.Load(row, 0));
                s1 = f.F(s1, Lanes.Load(row, Lanes.Width));
                s2 = f.F(s2, Lanes.Load(row, 2 * Lanes.Width));
                s3 = f.F(s3, Lanes.Load(row, 3 * Lanes.Width));
            }

            Lanes.Store(s0, y, i);
            Lanes.Store(s1, y, i + Lanes.Width);
            Lanes.Store(s2, y, i + 2 * Lanes.Width);
            Lanes.Store(s3, y, i + 3 * Lanes.Width);
        }

        for (; i < y.Length; i += Lanes.Width)
        {
            var sum = Vector512.Create(f.Identity);
            for (var c = 0; c < count; c++)
            {
                sum = f.F(sum, Lanes.Load(x.AsSpan(start + c * stride + i, Math.Min(Lanes.Width, y.Length - i)), 0));
            }

            Lanes.Store(sum, y, i);
        }
    }
}
