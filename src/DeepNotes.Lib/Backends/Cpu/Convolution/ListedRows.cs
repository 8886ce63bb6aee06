using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>Rows at listed positions: what the taps of a convolution see in an image.</summary>
internal readonly struct ListedRows<T, TWidth, TVector> : IRowsOfB<T, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nuint Second, nuint Third) Vectors(scoped in RowsOfB<T> b) => (b.Second, b.Third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Row(ref T start, ref int list, int p) => ref Unsafe.Add(ref start, Unsafe.Add(ref list, p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Next(ref T start, int step) => ref start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector First(ref T row, int step) => TWidth.Load(ref row, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Beside(ref T row, nuint at, int step) => TWidth.Load(ref row, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TPanel>(ref T a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
        where TPanel : IPanelWidth =>
        EvenRows<T, TWidth, TVector>.Multiply<TPanel>(ref a, b0, b1, b2, ref c0, ref c1, ref c2);
}
