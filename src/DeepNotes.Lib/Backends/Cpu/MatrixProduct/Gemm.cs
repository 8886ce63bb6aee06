using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// C [m, n] = A [m, k]·B [k, n] + bias [n] where there is one, after Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
/// The order of additions depends on the sizes alone.
/// </summary>
internal static class Gemm
{
    public static void Multiply<T>(MatrixOperand<T> a, MatrixOperand<T> b, ReadOnlyMemory<T> bias, Memory<T> c, int m, int k, int n)
        where T : unmanaged, INumberBase<T>
    {
        if (m == 0 || n == 0)
        {
            return;
        }

        if (k == 0)
        {
            c.Span.Clear();
            AddBias(bias.Span, c.Span);
        }
        else if (n == 1)
        {
            VectorProduct.Multiply(a, b, c, m, k);
            AddBias(bias.Span, c.Span);
        }
        else if (m == 1)
        {
            VectorProduct.Multiply(b, a, c, n, k);
            AddBias(bias.Span, c.Span);
        }
        else
        {
            Gemm<T>.Widest.Multiply(a, b, bias, c, m, k, n);
        }
    }

    private static void AddBias<T>(ReadOnlySpan<T> bias, Span<T> c)
        where T : INumberBase<T>
    {
        for (var i = 0; i < c.Length && bias.Length > 0; i++)
        {
            c[i] += bias[i % bias.Length];
        }
    }
}

/// <summary>The product of matrices that are more than a row or a column.</summary>
internal abstract class Gemm<T>
    where T : unmanaged, INumberBase<T>
{
    /// <summary>The product with the widest vectors of the processor.</summary>
    public static Gemm<T> Widest { get; } =
        Vector512.IsHardwareAccelerated ? new Gemm<T, Width512<T>, Vector512<T>>()
        : Vector256.IsHardwareAccelerated ? new Gemm<T, Width256<T>, Vector256<T>>()
        : new Gemm<T, Width128<T>, Vector128<T>>();

    public abstract void Multiply(MatrixOperand<T> a, MatrixOperand<T> b, ReadOnlyMemory<T> bias, Memory<T> c, int m, int k, int n);
}

/// <summary>
/// The product for one width of vectors: k is divided into blocks, and C into tiles that the micro-kernel computes. A is read
/// where it is. B is packed into panels as wide as a tile, unless A has few rows and the rows of B are contiguous.
/// </summary>
internal sealed class Gemm<T, TWidth, TVector> : Gemm<T>
    where T : unmanaged, INumberBase<T>
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    // A panel of B and a strip of A over this many steps stay in the L1 and L2 caches.
    private const int MostStepsPerBlock = 512;

    // The packed block of B stays within the L3 cache: more columns are computed in blocks of this many.
    private const int MostPackedColumns = 48 * 64;

    // For up to this many rows of A, packing B costs more than it saves.
    private const int FewRows = 256;

    // The strips of A of this many tiles and a panel of B stay in the L2 cache.
    private const int MostTilesInColumn = 16;

    // Large products are divided into at least this many pieces.
    private const int FewestPieces = 64;

    // Multiply-adds of a piece: small enough for many threads, and large enough for the cost of starting it.
    private const long Grain = 1 << 18;

    private static int PanelColumns => MicroKernel<T, TWidth, TVector>.Columns;

    public override void Multiply(MatrixOperand<T> a, MatrixOperand<T> b, ReadOnlyMemory<T> bias, Memory<T> c, int m, int k, int n)
    {
        // Blocks of equal length: a short last block would read and write all of C for few steps.
        var stepsPerBlock = Work.CeilDiv(k, Work.CeilDiv(k, MostStepsPerBlock));
        for (var column = 0; column < n; column += MostPackedColumns)
        {
            var columns = Math.Min(MostPackedColumns, n - column);
            for (var step = 0; step < k; step += stepsPerBlock)
            {
                new Block(a, b, step == 0 ? bias : default, c, m, n, column, columns, step, Math.Min(stepsPerBlock, k - step)).Multiply();
            }
        }
    }

    // One block of k and of columns.
    private readonly struct Block(
        MatrixOperand<T> a, MatrixOperand<T> b, ReadOnlyMemory<T> bias, Memory<T> c, int m, int n,
        int firstColumn, int columns, int firstStep, int steps)
    {
        private int Panels => Work.CeilDiv(columns, PanelColumns);

        // Whether C has terms already: earlier steps, or the bias.
        private bool Adds => firstStep > 0 || !bias.IsEmpty;

        private bool PacksAll => b.RunsAlongK || m > FewRows;

        public void Multiply()
        {
            var packed = ArrayPool<T>.Shared.Rent(Panels * PanelColumns * steps);
            if (PacksAll)
            {
                Work.ByCost(
                    Panels, 2L * PanelColumns * steps, (Block: this, packed), static (in work, start, end) => work.Block.PackB(start, end, work.packed));
            }
            else if (columns % TWidth.Lanes != 0)
            {
                PackB(Panels - 1, Panels, packed);
            }

            var tileRows = Work.CeilDiv(m, TWidth.Rows);
            var (rowTiles, panelsEach) = PieceSize(tileRows);
            var columnPieces = Work.CeilDiv(Panels, panelsEach);
            var pieces = Work.CeilDiv(tileRows, rowTiles) * columnPieces;
            Work.InPieces(pieces, 1, (this, packed, rowTiles, panelsEach, columnPieces), static (in work, piece, _) =>
            {
                var (block, packed, rowTiles, panelsEach, columnPieces) = work;
                var (rowPiece, columnPiece) = Math.DivRem(piece, columnPieces);
                block.MultiplyPiece(rowPiece * rowTiles, (rowPiece + 1) * rowTiles, columnPiece * panelsEach, (columnPiece + 1) * panelsEach, packed);
            });
            ArrayPool<T>.Shared.Return(packed);
        }

        // A piece is a column of tiles, which share a panel of B, or several short columns. With few steps a tile is cheap, and a
        // piece has more than MostTilesInColumn of them: their strips of A are short enough to stay in the cache.
        private (int RowTiles, int Panels) PieceSize(int tileRows)
        {
            var tileCost = (long)TWidth.Rows * PanelColumns * steps;
            var enough = Math.Clamp(Grain / tileCost, 1, int.MaxValue);
            var many = Math.Min(MostTilesInColumn, (long)tileRows * Panels / FewestPieces);
            var tiles = (int)Math.Max(enough, many);
            var rowTiles = Math.Min(tileRows, tiles);
            return (rowTiles, Math.Clamp(tiles / rowTiles, 1, Panels));
        }

        private void PackB(int start, int end, T[] packed)
        {
            for (var panel = start; panel < end; panel++)
            {
                var (first, lines) = Lines(panel);
                b.Pack(firstColumn + first, lines, firstStep, steps, Width(lines), packed.AsSpan(first * steps, Width(lines) * steps));
            }
        }

        private void MultiplyPiece(int firstTile, int endTile, int firstPanel, int endPanel, T[] packed)
        {
            var strips = a.Strips(m, TWidth.Rows, firstStep, stackalloc int[2 * TWidth.Rows]);
            var target = c.Span;
            for (var panel = firstPanel; panel < endPanel && panel < Panels; panel++)
            {
                var (first, lines) = Lines(panel);
                var width = Width(lines);
                var rowsOfB = Panel(first, isPacked: PacksAll || lines < width, width, packed);
                for (var row = firstTile * TWidth.Rows; row < m && row < endTile * TWidth.Rows; row += TWidth.Rows)
                {
                    var tile = new TileOfC<T>(ref target[row * n + firstColumn + first], n, Math.Min(TWidth.Rows, m - row), TWidth.Lanes);
                    if (!bias.IsEmpty)
                    {
                        BroadcastBias(bias.Span.Slice(firstColumn + first, lines), tile);
                    }

                    if (lines == width)
                    {
                        MicroKernel<T, TWidth, TVector>.Multiply<EvenRows<T, TWidth, TVector>>(strips.At(row), rowsOfB, tile, steps, width, isFirst: !Adds);
                    }
                    else
                    {
                        MultiplyAtEdge(strips.At(row), rowsOfB, tile, lines, width);
                    }
                }
            }
        }

        private RowsOfB<T> Panel(int first, bool isPacked, int width, T[] packed) => isPacked
            ? new RowsOfB<T>(ref packed[first * steps], width)
            : new RowsOfB<T>(ref b.At(firstColumn + first, firstStep), b.Stride);

        private static void BroadcastBias(ReadOnlySpan<T> bias, scoped in TileOfC<T> tile)
        {
            for (var i = 0; i < tile.Rows; i++)
            {
                bias.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref tile.Start, i * tile.Stride), bias.Length));
            }
        }

        // At the right edge a full tile is computed on the stack, and its columns within C are copied.
        [SkipLocalsInit]
        private void MultiplyAtEdge(scoped in RowsOfA<T> strip, scoped in RowsOfB<T> rowsOfB, scoped in TileOfC<T> tile, int lines, int width)
        {
            Span<T> whole = stackalloc T[TWidth.Rows * PanelColumns];
            var beside = new TileOfC<T>(ref MemoryMarshal.GetReference(whole), width, tile.Rows, TWidth.Lanes);
            MicroKernel<T, TWidth, TVector>.Multiply<EvenRows<T, TWidth, TVector>>(strip, rowsOfB, beside, steps, width, isFirst: true);
            for (var i = 0; i < tile.Rows; i++)
            {
                AddOrCopy(whole.Slice(i * width, lines), MemoryMarshal.CreateSpan(ref Unsafe.Add(ref tile.Start, i * n), lines));
            }
        }

        private void AddOrCopy(ReadOnlySpan<T> sum, Span<T> target)
        {
            if (!Adds)
            {
                sum.CopyTo(target);
                return;
            }

            for (var j = 0; j < sum.Length; j++)
            {
                target[j] += sum[j];
            }
        }

        private (int First, int Lines) Lines(int panel) => (panel * PanelColumns, Math.Min(PanelColumns, columns - panel * PanelColumns));

        // Whole vectors: the last panel has only as many as its columns need.
        private static int Width(int lines) => Work.CeilDiv(lines, TWidth.Lanes) * TWidth.Lanes;
    }
}
