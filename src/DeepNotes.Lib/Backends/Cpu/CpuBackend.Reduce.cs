using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // A long row is folded in pieces of this many values, and the pieces in their order.
    private const int RowPiece = 1 << 14;
    private const int ColumnPiece = 1 << 8;

    // So many values of a row are folded in float, none of them through more than a few roundings, and these blocks in double.
    private const int RowBlock = 64 * Lanes.Width;

    // So many rows of columns are folded in float, eight at a time, and these blocks in double.
    private const int Block = 128;

    // A tall matrix is cut into pieces of about this many values.
    private const int TallPiece = 1 << 17;

    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        var (from, to) = (CpuBuffer.Of(x), CpuBuffer.Of(y));
        if (inner != 1)
        {
            ReduceColumns(f, from, to, outer, count, inner);
        }
        else if (count <= RowBlock)
        {
            Work.ByCost(outer, count, (f, from, to, count), static (in work, start, end) =>
            {
                var (f, from, to, count) = work;
                for (var row = start; row < end; row++)
                {
                    to[row] = FoldBlock(f, from.AsSpan(row * count, count));
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
                    to[row] = (float)FoldBlocks(f, from.AsSpan(row * count, count));
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
        var parts = new double[Work.CeilDiv(row.Length, RowPiece)];
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
        where TOp : struct, IReduceOp => row.Length <= RowBlock ? FoldBlock(f, row) : FoldBlocks(f, row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double FoldBlocks<TOp>(TOp f, ReadOnlySpan<float> row)
        where TOp : struct, IReduceOp
    {
        double folded = f.Identity;
        for (var i = 0; i < row.Length; i += RowBlock)
        {
            folded = f.Fold(folded, FoldBlock(f, row.Slice(i, Math.Min(RowBlock, row.Length - i))));
        }

        return folded;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float FoldBlock<TOp>(TOp f, ReadOnlySpan<float> row)
        where TOp : struct, IReduceOp
    {
        var identity = Vector512.Create(f.Identity);
        var (a, b) = (identity, identity);
        var i = 0;
        for (; i <= row.Length - 8 * Lanes.Width; i += 8 * Lanes.Width)
        {
            a = f.F(a, FoldFour(f, row, i));
            b = f.F(b, FoldFour(f, row, i + 4 * Lanes.Width));
        }

        for (; i <= row.Length - 2 * Lanes.Width; i += 2 * Lanes.Width)
        {
            a = f.F(a, Lanes.Load(row, i));
            b = f.F(b, Lanes.Load(row, i + Lanes.Width));
        }

        if (i <= row.Length - Lanes.Width)
        {
            a = f.F(a, Lanes.Load(row, i));
            i += Lanes.Width;
        }

        if (i < row.Length)
        {
            b = f.F(b, Vector512.ConditionalSelect(Lanes.First(row.Length - i), Lanes.Load(row, i), identity));
        }

        return FoldLanes(f, f.F(a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FoldFour<TOp>(TOp f, ReadOnlySpan<float> row, int i)
        where TOp : struct, IReduceOp => f.F(
            f.F(Lanes.Load(row, i), Lanes.Load(row, i + Lanes.Width)),
            f.F(Lanes.Load(row, i + 2 * Lanes.Width), Lanes.Load(row, i + 3 * Lanes.Width)));

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
        var width = Math.Min(ColumnPiece, inner);
        var height = Block * Math.Max(1, TallPiece / Block / Math.Max(1, width));
        if (count > height)
        {
            ReduceTall(f, x, y, outer, count, inner, height);
            return;
        }

        var pieces = Work.CeilDiv(inner, ColumnPiece);
        Work.ByCost(outer * pieces, (long)count * width, (f, x, y, count, inner, pieces), static (in work, first, last) =>
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

    // Pieces of rows by themselves, so that a single tall matrix has work for all threads, then what they give, in order.
    private static void ReduceTall<TOp>(TOp f, float[] x, float[] y, int outer, int count, int inner, int height)
        where TOp : struct, IReduceOp
    {
        var (pieces, heights) = (Work.CeilDiv(inner, ColumnPiece), Work.CeilDiv(count, height));
        var padded = Work.CeilDiv(inner, Lanes.Width) * Lanes.Width;
        var parts = new double[outer * heights * padded];
        Work.InPieces(outer * heights * pieces, 1, (f, x, parts, padded, (count, inner, pieces, height, heights)), static (in work, first, last) =>
        {
            var (f, x, parts, padded, (count, inner, pieces, height, heights)) = work;
            for (var piece = first; piece < last; piece++)
            {
                var (part, column) = (piece / pieces, piece % pieces * ColumnPiece);
                var (o, row) = (part / heights, part % heights * height);
                FoldTall(
                    f, x, ((o * count + row) * inner) + column, Math.Min(height, count - row), inner,
                    Math.Min(ColumnPiece, inner - column), parts.AsSpan(part * padded + column));
            }
        });
        for (var i = 0; i < y.Length; i++)
        {
            double folded = f.Identity;
            for (var part = 0; part < heights; part++)
            {
                folded = f.Fold(folded, parts[(i / inner * heights + part) * padded + i % inner]);
            }

            y[i] = (float)folded;
        }
    }

    [SkipLocalsInit]
    private static void FoldColumns<TOp>(TOp f, float[] x, int start, int count, int stride, Span<float> y)
        where TOp : struct, IReduceOp
    {
        if (count <= Block)
        {
            FoldRows(f, x, start, count, stride, y.Length, y);
            return;
        }

        Span<double> folded = stackalloc double[ColumnPiece];
        FoldTall(f, x, start, count, stride, y.Length, folded);
        for (var i = 0; i < y.Length; i += Lanes.Width)
        {
            ref readonly var lanes = ref folded.Slice(i, Lanes.Width)[0];
            Lanes.Store(Vector512.Narrow(Vector512.LoadUnsafe(in lanes), Vector512.LoadUnsafe(in lanes, Lanes.Width / 2)), y, i);
        }
    }

    // Room for whole vectors, also in y: a part of one that was just stored would not be read at once.
    [SkipLocalsInit]
    private static void FoldTall<TOp>(TOp f, float[] x, int start, int count, int stride, int width, Span<double> y)
        where TOp : struct, IReduceOp
    {
        Span<float> block = stackalloc float[ColumnPiece];
        y[..(Work.CeilDiv(width, Lanes.Width) * Lanes.Width)].Fill(f.Identity);
        for (var c = 0; c < count; c += Block)
        {
            FoldRows(f, x, start + c * stride, Math.Min(Block, count - c), stride, width, block);
            FoldInto(f, block, width, y);
        }
    }

    // Of a few rows, four vectors of columns at a time: what is folded stays in registers on its way down.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldRows<TOp>(TOp f, float[] x, int start, int count, int stride, int width, Span<float> y)
        where TOp : struct, IReduceOp
    {
        if (count == 0)
        {
            y[..width].Fill(f.Identity);
            return;
        }

        var i = 0;
        var identity = Vector512.Create(f.Identity);
        for (; i <= width - 4 * Lanes.Width; i += 4 * Lanes.Width)
        {
            ref readonly var columns = ref x.AsSpan(start + i, (count - 1) * stride + 4 * Lanes.Width).GetPinnableReference();
            var (s0, s1, s2, s3) = (identity, identity, identity, identity);
            var (c, at, step) = (0, (nuint)0, (nuint)stride);
            for (; c <= count - 8; c += 8, at += 8 * step)
            {
                var t0 = FoldFour(f, in columns, at, step);
                var t1 = FoldFour(f, in columns, at + Lanes.Width, step);
                var t2 = FoldFour(f, in columns, at + 2 * Lanes.Width, step);
                var t3 = FoldFour(f, in columns, at + 3 * Lanes.Width, step);
                var next = at + 4 * step;
                s0 = f.F(s0, f.F(t0, FoldFour(f, in columns, next, step)));
                s1 = f.F(s1, f.F(t1, FoldFour(f, in columns, next + Lanes.Width, step)));
                s2 = f.F(s2, f.F(t2, FoldFour(f, in columns, next + 2 * Lanes.Width, step)));
                s3 = f.F(s3, f.F(t3, FoldFour(f, in columns, next + 3 * Lanes.Width, step)));
            }

            for (; c < count; c++, at += step)
            {
                s0 = f.F(s0, Vector512.LoadUnsafe(in columns, at));
                s1 = f.F(s1, Vector512.LoadUnsafe(in columns, at + Lanes.Width));
                s2 = f.F(s2, Vector512.LoadUnsafe(in columns, at + 2 * Lanes.Width));
                s3 = f.F(s3, Vector512.LoadUnsafe(in columns, at + 3 * Lanes.Width));
            }

            Lanes.Store(s0, y, i);
            Lanes.Store(s1, y, i + Lanes.Width);
            Lanes.Store(s2, y, i + 2 * Lanes.Width);
            Lanes.Store(s3, y, i + 3 * Lanes.Width);
        }

        for (; i < width; i += Lanes.Width)
        {
            // Whole vectors as long as they end within x: what lies beyond the last column is not stored.
            var columns = x.AsSpan(start + i);
            var whole = Math.Min(count, (columns.Length - Lanes.Width + stride) / stride);
            var (s, c, at, step) = (identity, 0, (nuint)0, (nuint)stride);
            for (; c <= whole - 8; c += 8, at += 8 * step)
            {
                ref readonly var column = ref columns.GetPinnableReference();
                s = f.F(s, f.F(FoldFour(f, in column, at, step), FoldFour(f, in column, at + 4 * step, step)));
            }

            for (; c < count; c++)
            {
                s = f.F(s, Lanes.Load(columns, c * stride));
            }

            Lanes.Store(s, y, i);
        }
    }

    // A vector of columns in four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FoldFour<TOp>(TOp f, ref readonly float columns, nuint at, nuint stride)
        where TOp : struct, IReduceOp => f.F(
            f.F(Vector512.LoadUnsafe(in columns, at), Vector512.LoadUnsafe(in columns, at + stride)),
            f.F(Vector512.LoadUnsafe(in columns, at + 2 * stride), Vector512.LoadUnsafe(in columns, at + 3 * stride)));

    // values and folded have room for whole vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldInto<TOp>(TOp f, ReadOnlySpan<float> values, int width, Span<double> folded)
        where TOp : struct, IReduceOp
    {
        for (var i = 0; i < width; i += Lanes.Width)
        {
            var block = Lanes.Load(values, i);
            ref var target = ref folded.Slice(i, Lanes.Width)[0];
            f.Fold(Vector512.LoadUnsafe(ref target), Vector512.WidenLower(block)).StoreUnsafe(ref target);
            f.Fold(Vector512.LoadUnsafe(ref target, Lanes.Width / 2), Vector512.WidenUpper(block)).StoreUnsafe(ref target, Lanes.Width / 2);
        }
    }
}
