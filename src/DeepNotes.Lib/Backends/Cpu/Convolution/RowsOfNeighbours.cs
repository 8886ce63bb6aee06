using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Rows at equal distances and one vector wide, for three neighbours of A at each step: the taps of a kernel's row, which see
/// an image one column apart, and all meet the same vector of B. One vector of sums alone would keep no more than a third of the registers busy.
/// </summary>
internal readonly struct RowsOfNeighbours<T, TWidth, TVector> : IRowsOfB<T, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nuint Second, nuint Third) Vectors(scoped in RowsOfB<T> b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Row(ref T start, ref int list, int p) => ref start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Next(ref T start, int step) => ref Unsafe.Add(ref start, step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector First(ref T row, int step) => TWidth.Load(ref row, 0);

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
