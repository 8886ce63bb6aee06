using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Three long rows, read in step with the rows of A: the images of a weight gradient. A step takes a whole vector along
/// k, of A as of B, so that each lane has its own sum.
/// </summary>
internal readonly struct LongRows<T, TWidth, TVector> : IRowsOfB<T, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nuint Second, nuint Third) Vectors(scoped in RowsOfB<T> b) => (b.Second, b.Third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Row(ref T start, ref int list, int p) => ref start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Next(ref T start, int step) => ref Unsafe.Add(ref start, step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector First(ref T row, int step) => TWidth.Load(ref row, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Beside(ref T row, nuint at, int step) => TWidth.Load(ref row, at);

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
