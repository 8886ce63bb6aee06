using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// y[row, position] = Σₖ a[row, k]·planes[taps[k] + position]: a product whose second matrix is the image itself, read
/// in place, at one listed offset for each tap. Nothing is unfolded. The positions of a row of y are cut into panels.
/// </summary>
internal abstract class Correlation
{
    /// <summary>The correlation for the widest vectors that there are.</summary>
    public static Correlation Widest { get; } =
        Vector512.IsHardwareAccelerated ? new Correlation<Width512<float>, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new Correlation<Width256<float>, Vector256<float>>()
        : new Correlation<Width128<float>, Vector128<float>>();

    /// <summary>Panels of three vectors.</summary>
    public abstract int Panels(OutputPositions positions);

    /// <summary>Positions in a panel.</summary>
    public abstract int PanelPositions { get; }

    /// <summary>Computes some panels of all rows of one unit.</summary>
    /// <param name="weights">a [rows, k], row-major.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="planes">The unit's planes.</param>
    /// <param name="taps">Where each step of k begins in the planes.</param>
    /// <param name="positions">Where outputs go.</param>
    /// <param name="firstPanel">The first panel to compute.</param>
    /// <param name="endPanel">The first panel that is left to others.</param>
    /// <param name="y">The unit's outputs, one plane of equal length for each row.</param>
    public abstract void Run(
        ReadOnlySpan<float> weights, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, OutputPositions positions,
        int firstPanel, int endPanel, Span<float> y);
}

/// <summary>The correlation for one width of vectors.</summary>
internal sealed class Correlation<TWidth, TVector> : Correlation
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    public override int PanelPositions => MicroKernel<float, TWidth, TVector>.Columns;

    private static int VectorsInPanel => MicroKernel<float, TWidth, TVector>.Vectors;

    public override int Panels(OutputPositions positions) =>
        HasWholeVectors(positions) ? Work.CeilDiv(VectorsOfRows.Count(positions), VectorsInPanel)
        : HasPairs(positions) ? Work.CeilDiv(VectorsOfPairs.Count(positions), VectorsInPanel)
        : Work.CeilDiv(positions.RunLength, PanelPositions);

    public override void Run(
        ReadOnlySpan<float> weights, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, OutputPositions positions,
        int firstPanel, int endPanel, Span<float> y)
    {
        var strips = new StripsOfA<float>(
            ref MemoryMarshal.GetReference(weights), rows, taps.Length, 1, stackalloc int[TWidth.Rows], stackalloc int[TWidth.Rows]);
        if (HasWholeVectors(positions))
        {
            RunVectors<VectorsOfRows, ListedRows<float, TWidth, TVector>>(strips, rows, planes, taps, positions, firstPanel, endPanel, y);
        }
        else if (HasPairs(positions))
        {
            RunVectors<VectorsOfPairs, PairedRows<float, TWidth, TVector>>(strips, rows, planes, taps, positions, firstPanel, endPanel, y);
        }
        else
        {
            RunPieces(strips, rows, planes, taps, positions, firstPanel, endPanel, y);
        }
    }

    private static bool HasWholeVectors(OutputPositions positions) => positions.ColumnStep == 1 && positions.Size.Width >= TWidth.Lanes;

    // Rows of half a vector that follow each other in y: two of them are one vector.
    private static bool HasPairs(OutputPositions positions) =>
        positions.ColumnStep == 1 && 2 * positions.Size.Width == TWidth.Lanes && positions.RowStep == positions.Size.Width && positions.Size.Height > 1;

    private static void RunVectors<TVectors, TRows>(
        scoped in StripsOfA<float> strips, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, OutputPositions positions,
        int firstPanel, int endPanel, Span<float> y)
        where TVectors : IVectors
        where TRows : IRowsOfB<float, TWidth, TVector>
    {
        var (plane, end) = (y.Length / rows, Math.Min(TVectors.Count(positions), endPanel * VectorsInPanel));
        for (var first = firstPanel * VectorsInPanel; first < end; first += VectorsInPanel)
        {
            // Where there is no second or third vector, another one again: it is not computed.
            var vectors = Math.Min(VectorsInPanel, end - first);
            var (from, to) = TVectors.At(positions, first);
            var (second, secondTarget) = TVectors.At(positions, first + Math.Min(1, vectors - 1));
            var (third, thirdTarget) = TVectors.At(positions, first + vectors - 1);
            var b = new RowsOfB<float>(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(planes), from), ref MemoryMarshal.GetReference(taps), second - from, third - from,
                gap: positions.RunWidth);
            for (var row = 0; row < rows; row += TWidth.Rows)
            {
                var c = new TileOfC<float>(ref y[row * plane + to], plane, Math.Min(TWidth.Rows, rows - row), secondTarget - to, thirdTarget - to);
                MicroKernel<float, TWidth, TVector>.Multiply<TRows>(strips.At(row), b, c, taps.Length, vectors * TWidth.Lanes, isFirst: true);
            }
        }
    }

    // Short rows, or columns that are apart: a piece of the run is computed beside y, and what counts of it is copied.
    [SkipLocalsInit]
    private static void RunPieces(
        scoped in StripsOfA<float> strips, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, OutputPositions positions,
        int firstPanel, int endPanel, Span<float> y)
    {
        var (columns, plane) = (MicroKernel<float, TWidth, TVector>.Columns, y.Length / rows);
        Span<float> tile = stackalloc float[TWidth.Rows * columns];
        for (var first = firstPanel * columns; first < Math.Min(positions.RunLength, endPanel * columns); first += columns)
        {
            var length = Math.Min(columns, positions.RunLength - first);
            var width = Work.CeilDiv(length, TWidth.Lanes) * TWidth.Lanes;
            var b = new RowsOfB<float>(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(planes), first), ref MemoryMarshal.GetReference(taps), TWidth.Lanes, 2 * TWidth.Lanes);
            for (var row = 0; row < rows; row += TWidth.Rows)
            {
                var c = new TileOfC<float>(ref MemoryMarshal.GetReference(tile), width, Math.Min(TWidth.Rows, rows - row), TWidth.Lanes);
                MicroKernel<float, TWidth, TVector>.Multiply<ListedRows<float, TWidth, TVector>>(strips.At(row), b, c, taps.Length, width, isFirst: true);
                positions.Store(tile[..(c.Rows * width)], width, first, length, y.Slice(row * plane, c.Rows * plane));
            }
        }
    }

    // How positions are grouped into vectors that can be stored directly.
    private interface IVectors
    {
        static abstract int Count(OutputPositions positions);

        // Where vector v is read in the run of a tap, and where it goes.
        static abstract (int From, int To) At(OutputPositions positions, int v);
    }

    // Rows that are long enough; the last vector of a row overlaps the one before, and computes the same there.
    private readonly struct VectorsOfRows : IVectors
    {
        public static int Count(OutputPositions positions) => positions.Size.Height * InRow(positions);

        public static (int From, int To) At(OutputPositions positions, int v)
        {
            var (row, vector) = Math.DivRem(v, InRow(positions));
            var column = Math.Min(vector * TWidth.Lanes, positions.Size.Width - TWidth.Lanes);
            return (row * positions.RunWidth + column, positions.Start + row * positions.RowStep + column);
        }

        private static int InRow(OutputPositions positions) => Work.CeilDiv(positions.Size.Width, TWidth.Lanes);
    }

    // Two short rows each; the last two overlap where one is left.
    private readonly struct VectorsOfPairs : IVectors
    {
        public static int Count(OutputPositions positions) => Work.CeilDiv(positions.Size.Height, 2);

        public static (int From, int To) At(OutputPositions positions, int v)
        {
            var upper = Math.Min(2 * v, positions.Size.Height - 2);
            return (upper * positions.RunWidth, positions.Start + upper * positions.RowStep);
        }
    }
}
