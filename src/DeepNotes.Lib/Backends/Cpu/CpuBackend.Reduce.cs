using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // A long row is folded in pieces of this many values, and the pieces in their order.
    private const int RowPiece = 1 << 14;
    private const int ColumnPiece = 1 << 8;

    // Rows of up to two trees are folded in float, longer ones tree by tree and these in double.
    private const int Tree = 8 * Lanes.Width;

    // So many rows of columns are folded in float one after the other, then four of such chains, and these blocks in double.
    private const int Chain = 16;
    private const int Block = 4 * Chain;

    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        var (from, to) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        if (inner != 1)
        {
            ReduceColumns(f, from, to, outer, count, inner);
        }
        else if (count <= 2 * Tree)
        {
            Work.ByCost(outer, count, (f, from, to, count), static (in work, start, end) =>
            {
                var (f, from, to, count) = work;
                for (var row = start; row < end; row++)
                {
                    to[row] = FoldShortRow(f, from.AsSpan(row * count, count));
                }
            });
        }
        else if (count <= RowPiece)
        {
            Work.ByCost(outer, count, (f, from, to, count), static (in work, start, end) =>
            {
                var (f, from, to, count) = work;
                for (var row = start; row < end; row++)
                {
                    to[row] = (float)FoldTrees(f, from.AsSpan(row * count, count));
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
        var parts = new double[Work.Pieces(row.Length, RowPiece)];
        Work.InPieces(row.Length, RowPiece, (f, row, parts), static (in work, start, end) =>
        {
            var (f, row, parts) = work;
            parts[start / RowPiece] = FoldRow(f, row.Span[start..end]);
        });
        double folded = f.Identity;
        foreach (var part in parts)
        {
            folded = f.Fold(folded, part);
        }

        return (float)folded;
    }

    private static double FoldRow<TOp>(TOp f, ReadOnlySpan<float> row)
        where TOp : struct, IReduceOp => row.Length <= 2 * Tree ? FoldShortRow(f, row) : FoldTrees(f, row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float FoldShortRow<TOp>(TOp f, ReadOnlySpan<float> row)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double FoldTrees<TOp>(TOp f, ReadOnlySpan<float> row)
        where TOp : struct, IReduceOp
    {
        var i = 0;
        var low = Vector512.Create((double)f.Identity);
        var high = low;
        for (; i <= row.Length - Tree; i += Tree)
        {
            var tree = f.F(
                f.F(f.F(Lanes.Load(row, i), Lanes.Load(row, i + Lanes.Width)), f.F(Lanes.Load(row, i + 2 * Lanes.Width), Lanes.Load(row, i + 3 * Lanes.Width))),
                f.F(f.F(Lanes.Load(row, i + 4 * Lanes.Width), Lanes.Load(row, i + 5 * Lanes.Width)), f.F(Lanes.Load(row, i + 6 * Lanes.Width), Lanes.Load(row, i + 7 * Lanes.Width))));
            (low, high) = (f.Fold(low, Vector512.WidenLower(tree)), f.Fold(high, Vector512.WidenUpper(tree)));
        }

        var identity = Vector512.Create(f.Identity);
        var rest = identity;
        for (; i <= row.Length - Lanes.Width; i += Lanes.Width)
        {
            rest = f.F(rest, Lanes.Load(row, i));
        }

        if (i < row.Length)
        {
            rest = f.F(rest, Vector512.ConditionalSelect(Lanes.First(row.Length - i), Lanes.Load(row, i), identity));
        }

        return FoldLanes(f, f.Fold(f.Fold(low, Vector512.WidenLower(rest)), f.Fold(high, Vector512.WidenUpper(rest))));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double FoldLanes<TOp>(TOp f, Vector512<double> lanes)
        where TOp : struct, IReduceOp
    {
        var four = f.Fold(lanes, lanes.GetUpper().ToVector512Unsafe()).GetLower();
        var two = f.Fold(four.ToVector512Unsafe(), four.GetUpper().ToVector256Unsafe().ToVector512Unsafe()).GetLower().GetLower();
        return f.Fold(two[0], two[1]);
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

    private static void FoldColumns<TOp>(TOp f, float[] x, int start, int count, int stride, Span<float> y)
        where TOp : struct, IReduceOp
    {
        FoldBlock(f, x, start, Math.Min(Block, count), stride, y);
        if (count <= Block)
        {
            return;
        }

        Span<double> folded = stackalloc double[ColumnPiece];
        folded.Fill(f.Identity);
        FoldInto(f, y, folded);
        for (var c = Block; c < count; c += Block)
        {
            FoldBlock(f, x, start + c * stride, Math.Min(Block, count - c), stride, y);
            FoldInto(f, y, folded);
        }

        for (var i = 0; i < y.Length; i++)
        {
            y[i] = (float)folded[i];
        }
    }

    // Of a few rows, four vectors of columns at a time: chains and their results stay in registers on their way down.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldBlock<TOp>(TOp f, float[] x, int start, int count, int stride, Span<float> y)
        where TOp : struct, IReduceOp
    {
        var i = 0;
        var identity = Vector512.Create(f.Identity);
        for (; i <= y.Length - 4 * Lanes.Width; i += 4 * Lanes.Width)
        {
            ref readonly var columns = ref x.AsSpan(start + i, count == 0 ? 0 : (count - 1) * stride + 4 * Lanes.Width).GetPinnableReference();
            var (t0, t1, t2, t3) = (identity, identity, identity, identity);
            nuint at = 0;
            for (var c = 0; c < count;)
            {
                var (s0, s1, s2, s3) = (identity, identity, identity, identity);
                for (var end = Math.Min(count, c + Chain); c < end; c++, at += (nuint)stride)
                {
                    s0 = f.F(s0, Vector512.LoadUnsafe(in columns, at));
                    s1 = f.F(s1, Vector512.LoadUnsafe(in columns, at + Lanes.Width));
                    s2 = f.F(s2, Vector512.LoadUnsafe(in columns, at + 2 * Lanes.Width));
                    s3 = f.F(s3, Vector512.LoadUnsafe(in columns, at + 3 * Lanes.Width));
                }

                (t0, t1, t2, t3) = (f.F(t0, s0), f.F(t1, s1), f.F(t2, s2), f.F(t3, s3));
            }

            Lanes.Store(t0, y, i);
            Lanes.Store(t1, y, i + Lanes.Width);
            Lanes.Store(t2, y, i + 2 * Lanes.Width);
            Lanes.Store(t3, y, i + 3 * Lanes.Width);
        }

        for (; i < y.Length; i += Lanes.Width)
        {
            var t = identity;
            for (var c = 0; c < count;)
            {
                var s = identity;
                for (var end = Math.Min(count, c + Chain); c < end; c++)
                {
                    s = f.F(s, Lanes.Load(x.AsSpan(start + c * stride + i, Math.Min(Lanes.Width, y.Length - i)), 0));
                }

                t = f.F(t, s);
            }

            Lanes.Store(t, y, i);
        }
    }

    // folded has room for whole vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldInto<TOp>(TOp f, ReadOnlySpan<float> values, Span<double> folded)
        where TOp : struct, IReduceOp
    {
        for (var i = 0; i < values.Length; i += Lanes.Width)
        {
            var block = Lanes.Load(values, i);
            ref var target = ref folded.Slice(i, Lanes.Width)[0];
            f.Fold(Vector512.LoadUnsafe(ref target), Vector512.WidenLower(block)).StoreUnsafe(ref target);
            f.Fold(Vector512.LoadUnsafe(ref target, Lanes.Width / 2), Vector512.WidenUpper(block)).StoreUnsafe(ref target, Lanes.Width / 2);
        }
    }
}
