using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// y[row, place] = Σₖ a[row, k]·planes[taps[k] + place]: a product whose second matrix is the image itself, read where it
/// is, one listed place for each tap. Nothing is unfolded. The places of a row of y are cut into panels.
/// </summary>
internal abstract class Correlation
{
    /// <summary>The correlation for the widest vectors that there are.</summary>
    public static Correlation Widest { get; } =
        Vector512.IsHardwareAccelerated ? new Correlation<Width512<float>, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new Correlation<Width256<float>, Vector256<float>>()
        : new Correlation<Width128<float>, Vector128<float>>();

    /// <summary>Panels of three vectors.</summary>
    public abstract int Panels(Places places);

    /// <summary>Places in a panel.</summary>
    public abstract int PanelPlaces { get; }

    /// <summary>Computes some panels of all rows of one unit.</summary>
    /// <param name="weights">a [rows, k], row-major.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="planes">The unit's planes.</param>
    /// <param name="taps">Where each step of k begins in the planes.</param>
    /// <param name="places">Where outputs go.</param>
    /// <param name="firstPanel">The first panel to compute.</param>
    /// <param name="endPanel">The first panel that is left to others.</param>
    /// <param name="y">The unit's outputs, one plane of equal length for each row.</param>
    public abstract void Run(
        ReadOnlySpan<float> weights, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, Places places,
        int firstPanel, int endPanel, Span<float> y);
}

/// <summary>The correlation for one width of vectors.</summary>
internal sealed class Correlation<TWidth, TVector> : Correlation
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    public override int PanelPlaces => Tile<float, TWidth, TVector, ListedRows>.Columns;

    public override int Panels(Places places) =>
        HasWholeVectors(places) ? Work.Pieces(places.Size.Height * VectorsInRow(places), 3) : Work.Pieces(places.RunLength, PanelPlaces);

    public override void Run(
        ReadOnlySpan<float> weights, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, Places places,
        int firstPanel, int endPanel, Span<float> y)
    {
        Span<int> offsets = stackalloc int[TWidth.Rows];
        for (var panel = firstPanel; panel < endPanel; panel++)
        {
            for (var row = 0; row < rows; row += TWidth.Rows)
            {
                var present = Math.Min(TWidth.Rows, rows - row);
                for (var i = 0; i < TWidth.Rows; i++)
                {
                    offsets[i] = (row + Math.Min(i, present - 1)) * taps.Length;
                }

                var a = new RowsOfA<float>(ref MemoryMarshal.GetReference(weights), offsets, 1);
                var target = y.Slice(row * (y.Length / rows), present * (y.Length / rows));
                if (HasWholeVectors(places))
                {
                    RunRows(a, planes, taps, places, panel, target, present);
                }
                else
                {
                    RunPieces(a, planes, taps, places, panel, target, present);
                }
            }
        }
    }

    // Rows that are long enough are cut into whole vectors, which go where they belong at once; the last vector of a row
    // overlaps the one before, and computes the same there.
    private static bool HasWholeVectors(Places places) => places.ColumnStep == 1 && places.Size.Width >= TWidth.Lanes;

    private static int VectorsInRow(Places places) => Work.Pieces(places.Size.Width, TWidth.Lanes);

    private static void RunRows(
        scoped in RowsOfA<float> a, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, Places places, int panel, Span<float> y, int rows)
    {
        var vectors = Math.Min(3, places.Size.Height * VectorsInRow(places) - 3 * panel);
        var (from, to) = Vector(places, 3 * panel);
        var (second, secondTarget) = Vector(places, 3 * panel + Math.Min(1, vectors - 1));
        var (third, thirdTarget) = Vector(places, 3 * panel + vectors - 1);
        var b = new RowsOfB<float>(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(planes), from), ref MemoryMarshal.GetReference(taps), second - from, third - from);
        var c = new TileOfC<float>(ref y[to], y.Length / rows, rows, secondTarget - to, thirdTarget - to);
        Tile<float, TWidth, TVector, ListedRows>.Multiply(a, b, c, taps.Length, vectors * TWidth.Lanes, isFirst: true);
    }

    // Where vector v is read in the run of a tap, and where it goes.
    private static (int From, int To) Vector(Places places, int v)
    {
        var (row, vector) = Math.DivRem(v, VectorsInRow(places));
        var column = Math.Min(vector * TWidth.Lanes, places.Size.Width - TWidth.Lanes);
        return (row * places.RunWidth + column, places.Start + row * places.RowStep + column);
    }

    [SkipLocalsInit]
    private static void RunPieces(
        scoped in RowsOfA<float> a, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, Places places, int panel, Span<float> y, int rows)
    {
        var columns = Tile<float, TWidth, TVector, ListedRows>.Columns;
        var first = panel * columns;
        var length = Math.Min(columns, places.RunLength - first);
        var width = Work.Pieces(length, TWidth.Lanes) * TWidth.Lanes;
        Span<float> tile = stackalloc float[TWidth.Rows * columns];
        var b = new RowsOfB<float>(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(planes), first), ref MemoryMarshal.GetReference(taps), TWidth.Lanes, 2 * TWidth.Lanes);
        var c = Tile<float, TWidth, TVector, ListedRows>.Of(ref MemoryMarshal.GetReference(tile), width, rows);
        Tile<float, TWidth, TVector, ListedRows>.Multiply(a, b, c, taps.Length, width, isFirst: true);
        for (var i = 0; i < rows; i++)
        {
            places.Put(tile.Slice(i * width, length), first, y.Slice(i * (y.Length / rows), y.Length / rows));
        }
    }
}
