using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// y[row, place] = Σₖ a[row, k]·planes[taps[k] + place]: a product whose second matrix is the image itself, read where it
/// is, one listed place for each tap. Nothing is unfolded.
/// </summary>
internal static class Correlation
{
    /// <summary>Computes some rows of one unit, in tiles.</summary>
    /// <param name="weights">a [rows, k], row-major.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="planes">The unit's planes.</param>
    /// <param name="taps">Where each step of k begins in the planes.</param>
    /// <param name="places">Where outputs go.</param>
    /// <param name="firstInRun">The first place of the run to compute.</param>
    /// <param name="endInRun">The first place that is left to others.</param>
    /// <param name="y">The unit's outputs, one plane of <paramref name="planeLength"/> for each row.</param>
    /// <param name="planeLength">Floats in a plane of y.</param>
    public static void Run(
        ReadOnlySpan<float> weights, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, Places places,
        int firstInRun, int endInRun, Span<float> y, int planeLength)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Correlation<Width512<float>, Vector512<float>>.Run(weights, rows, planes, taps, places, firstInRun, endInRun, y, planeLength);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Correlation<Width256<float>, Vector256<float>>.Run(weights, rows, planes, taps, places, firstInRun, endInRun, y, planeLength);
        }
        else
        {
            Correlation<Width128<float>, Vector128<float>>.Run(weights, rows, planes, taps, places, firstInRun, endInRun, y, planeLength);
        }
    }
}

/// <summary>The correlation for one width of vectors.</summary>
internal static class Correlation<TWidth, TVector>
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    public static void Run(
        ReadOnlySpan<float> weights, int rows, ReadOnlySpan<float> planes, ReadOnlySpan<int> taps, Places places,
        int firstInRun, int endInRun, Span<float> y, int planeLength)
    {
        var columns = Tile<float, TWidth, TVector, ListedRows>.Columns;
        Span<int> offsets = stackalloc int[TWidth.Rows];
        Span<float> tile = stackalloc float[TWidth.Rows * columns];
        for (var first = firstInRun; first < endInRun; first += columns)
        {
            var length = Math.Min(columns, endInRun - first);
            var width = Work.Pieces(length, TWidth.Lanes) * TWidth.Lanes;
            for (var row = 0; row < rows; row += TWidth.Rows)
            {
                var present = Math.Min(TWidth.Rows, rows - row);
                for (var i = 0; i < TWidth.Rows; i++)
                {
                    offsets[i] = (row + Math.Min(i, present - 1)) * taps.Length;
                }

                var a = new RowsOfA<float>(ref MemoryMarshal.GetReference(weights), offsets, 1);
                Tile<float, TWidth, TVector, ListedRows>.Multiply(
                    a, ref Unsafe.Add(ref MemoryMarshal.GetReference(planes), first), 0, ref MemoryMarshal.GetReference(taps),
                    ref MemoryMarshal.GetReference(tile), width, taps.Length, width, isFirst: true);
                for (var i = 0; i < present; i++)
                {
                    places.Put(tile.Slice(i * width, length), first, y.Slice((row + i) * planeLength, planeLength));
                }
            }
        }
    }
}
