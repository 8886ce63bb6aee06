using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Rows at listed positions: the values of an image at the taps of a convolution.
/// </summary>
internal readonly struct ListedRows<T, TWidth, TVector> : IRowsOfB<T, TWidth, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Row(ref T start, ref int list, int p) => ref Unsafe.Add(ref start, Unsafe.Add(ref list, p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Next(ref T start, int step) => ref start;
}

/// <summary>
/// Listed rows of an image so narrow that two of its rows, a gap apart, fill one vector.
/// </summary>
internal readonly struct PairedRows<T, TWidth, TVector> : IRowsOfB<T, TWidth, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Row(ref T start, ref int list, int p) => ref Unsafe.Add(ref start, Unsafe.Add(ref list, p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Next(ref T start, int step) => ref start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector First(ref T row, int step) => TWidth.LoadPair(ref row, 0, (nuint)step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Beside(ref T row, nuint at, int step) => TWidth.LoadPair(ref row, at, (nuint)step);
}

/// <summary>
/// Three long rows, read in step with the rows of A: the images of a weight gradient. A step takes a whole vector along
/// k, of A as of B, so that each lane has its own sum.
/// </summary>
internal readonly struct LongRows<T, TWidth, TVector> : IRowsOfB<T, TWidth, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TPanel>(ref T a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
        where TPanel : IPanelWidth
    {
        var factor = TWidth.Load(ref a, 0);
        c0 = TWidth.MultiplyAdd(factor, b0, c0);
        c1 = TPanel.Vectors > 1 ? TWidth.MultiplyAdd(factor, b1, c1) : c1;
        c2 = TPanel.Vectors > 2 ? TWidth.MultiplyAdd(factor, b2, c2) : c2;
    }
}

/// <summary>
/// Rows one vector wide, for three neighbours of A at each step: the taps of a kernel's row, which read an image one column apart,
/// and are all multiplied by the same vector of B. One vector of sums alone would use no more than a third of the registers.
/// </summary>
internal readonly struct RowsOfNeighbours<T, TWidth, TVector> : IRowsOfB<T, TWidth, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Beside(ref T row, nuint at, int step) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TPanel>(ref T a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
        where TPanel : IPanelWidth
    {
        c0 = TWidth.MultiplyAdd(TWidth.Broadcast(a), b0, c0);
        c1 = TWidth.MultiplyAdd(TWidth.Broadcast(Unsafe.Add(ref a, 1)), b0, c1);
        c2 = TWidth.MultiplyAdd(TWidth.Broadcast(Unsafe.Add(ref a, 2)), b0, c2);
    }
}
