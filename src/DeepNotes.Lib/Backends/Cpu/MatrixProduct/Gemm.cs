using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// C [m, n] = A [m, k]·B [k, n], after Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication":
/// k is cut into blocks, B's block is packed into panels as wide as a tile, then each piece of C packs the rows of A that
/// it needs and runs the micro-kernel over its tiles. The order of additions depends on the sizes alone.
/// </summary>
internal static class Gemm
{
    public static void Multiply<TA, TB>(TA a, TB b, Memory<float> c, int m, int k, int n)
        where TA : struct, IOperand
        where TB : struct, IOperand
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Gemm<Width512, Vector512<float>, TA, TB>.Multiply(a, b, c, m, k, n);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Gemm<Width256, Vector256<float>, TA, TB>.Multiply(a, b, c, m, k, n);
        }
        else
        {
            Gemm<Width128, Vector128<float>, TA, TB>.Multiply(a, b, c, m, k, n);
        }
    }
}

/// <summary>The product for one width of vectors and two kinds of operands.</summary>
internal static class Gemm<TWidth, TVector, TA, TB>
    where TWidth : IVectorWidth<TVector>
    where TVector : struct
    where TA : struct, IOperand
    where TB : struct, IOperand
{
    // A panel of B and a strip of A over this many steps stay in the nearest caches.
    private const int StepsPerBlock = 384;

    // The packed block of B stays within the last cache: columns are cut beyond this.
    private const int MostPackedColumns = 48 * 64;

    // Pieces of C of about this many multiply-adds: enough of them for many threads, each worth handing over.
    private const long Grain = 1 << 19;

    private static int PanelColumns => 3 * TWidth.Lanes;

    public static void Multiply(TA a, TB b, Memory<float> c, int m, int k, int n)
    {
        if (k == 0)
        {
            c.Span.Clear();
            return;
        }

        for (var column = 0; column < n; column += MostPackedColumns)
        {
            var columns = Math.Min(MostPackedColumns, n - column);
            for (var step = 0; step < k; step += StepsPerBlock)
            {
                new Block(a, b, c, m, n, column, columns, step, Math.Min(StepsPerBlock, k - step)).Multiply();
            }
        }
    }

    // One block of k and of columns.
    private readonly struct Block(TA a, TB b, Memory<float> c, int m, int n, int firstColumn, int columns, int firstStep, int steps)
    {
        public void Multiply()
        {
            var panels = Work.Pieces(columns, PanelColumns);
            var packed = ArrayPool<float>.Shared.Rent(panels * PanelColumns * steps);
            var self = this;
            Work.ByCost(panels, 2L * PanelColumns * steps, (start, end) => self.PackB(start, end, packed));

            var tileRows = Work.Pieces(m, TWidth.Rows);
            var (rowTiles, panelsEach) = PieceSize(tileRows, panels);
            var (rowPieces, columnPieces) = (Work.Pieces(tileRows, rowTiles), Work.Pieces(panels, panelsEach));
            Work.InPieces(rowPieces * columnPieces, 1, (start, end) =>
            {
                for (var piece = start; piece < end; piece++)
                {
                    var (rowPiece, columnPiece) = Math.DivRem(piece, columnPieces);
                    self.MultiplyPiece(rowPiece * rowTiles, rowTiles, columnPiece * panelsEach, Math.Min(panels, (columnPiece + 1) * panelsEach), packed);
                }
            });
            ArrayPool<float>.Shared.Return(packed);
        }

        // Whole rows of tiles in a piece, as long as that makes enough pieces; else a part of them.
        private (int RowTiles, int Panels) PieceSize(int tileRows, int panels)
        {
            var tileCost = (long)TWidth.Rows * PanelColumns * steps;
            var tiles = (int)Math.Clamp(Grain / tileCost, 1, int.MaxValue);
            var rowTiles = Math.Clamp(tiles / panels, 1, 16);
            return (Math.Min(rowTiles, tileRows), rowTiles > 1 ? panels : Math.Clamp(tiles, 1, panels));
        }

        private void PackB(int start, int end, float[] packed)
        {
            for (var panel = start; panel < end; panel++)
            {
                var (first, lines) = Lines(panel);
                b.Pack(firstColumn + first, lines, firstStep, steps, Width(lines), packed.AsSpan(first * steps, Width(lines) * steps));
            }
        }

        private void MultiplyPiece(int firstTile, int tiles, int firstPanel, int endPanel, float[] packedB)
        {
            var rows = TWidth.Rows;
            var packedA = ArrayPool<float>.Shared.Rent(rows * steps);
            for (var tile = firstTile; tile < firstTile + tiles && tile * rows < m; tile++)
            {
                var present = Math.Min(rows, m - tile * rows);
                a.Pack(tile * rows, present, firstStep, steps, rows, packedA);
                for (var panel = firstPanel; panel < endPanel; panel++)
                {
                    MultiplyTile(tile * rows, present, panel, packedA, packedB);
                }
            }

            ArrayPool<float>.Shared.Return(packedA);
        }

        private void MultiplyTile(int row, int rows, int panel, float[] packedA, float[] packedB)
        {
            var (first, lines) = Lines(panel);
            var width = Width(lines);
            ref var aRef = ref MemoryMarshal.GetArrayDataReference(packedA);
            ref var bRef = ref packedB[first * steps];
            var target = c.Span.Slice(row * n + firstColumn + first);
            if (rows == TWidth.Rows && lines == width)
            {
                Run(ref aRef, ref bRef, ref MemoryMarshal.GetReference(target), n, width, firstStep == 0);
                return;
            }

            // At an edge the whole tile is computed beside C, and the part that exists is copied.
            Span<float> whole = stackalloc float[TWidth.Rows * PanelColumns];
            Run(ref aRef, ref bRef, ref MemoryMarshal.GetReference(whole), width, width, isFirst: true);
            for (var i = 0; i < rows; i++)
            {
                AddOrCopy(whole.Slice(i * width, lines), target.Slice(i * n, lines));
            }
        }

        private void Run(ref float aRef, ref float bRef, ref float cRef, int stride, int width, bool isFirst)
        {
            if (width == PanelColumns)
            {
                MicroKernel<TWidth, TVector, ThreeVectors>.Run(ref aRef, ref bRef, ref cRef, stride, steps, isFirst);
            }
            else if (width > TWidth.Lanes)
            {
                MicroKernel<TWidth, TVector, TwoVectors>.Run(ref aRef, ref bRef, ref cRef, stride, steps, isFirst);
            }
            else
            {
                MicroKernel<TWidth, TVector, OneVector>.Run(ref aRef, ref bRef, ref cRef, stride, steps, isFirst);
            }
        }

        private void AddOrCopy(ReadOnlySpan<float> sum, Span<float> target)
        {
            if (firstStep == 0)
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

        // Whole vectors: the last panel is no wider than it must be.
        private static int Width(int lines) => Work.Pieces(lines, TWidth.Lanes) * TWidth.Lanes;
    }
}
