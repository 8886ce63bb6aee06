using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// The rows of B for a tile: at equal distances in a matrix (<see cref="EvenRows{T, TWidth, TVector}"/>), or as convolutions list them.
/// </summary>
internal readonly ref struct RowsOfB<T>
{
    public readonly ref T Start;
    public readonly int Step;
    public readonly ref int List;
    public readonly nuint Second;
    public readonly nuint Third;

    /// <summary>Rows of a matrix.</summary>
    public RowsOfB(ref T start, int step)
    {
        Start = ref start;
        List = ref Unsafe.NullRef<int>();
        Step = step;
    }

    /// <summary>Long rows: the number of values in a step, and the offsets of the second and the third row.</summary>
    public RowsOfB(ref T start, int step, int second, int third)
    {
        Start = ref start;
        List = ref Unsafe.NullRef<int>();
        (Step, Second, Third) = (step, (nuint)second, (nuint)third);
    }

    /// <summary>Listed rows, with the offsets of a row's second and third vector, and the distance between the halves of a pair.</summary>
    public RowsOfB(ref T start, ref int list, int second, int third, int gap = 0)
    {
        Start = ref start;
        List = ref list;
        (Step, Second, Third) = (gap, (nuint)second, (nuint)third);
    }
}

/// <summary>
/// What a step of the micro-kernel reads of B, and what it multiplies it by: a type for each way in which B is stored, so that
/// the compiler makes a separate kernel for each. By default rows are at equal distances, and one value of A is broadcast to all lanes.
/// </summary>
internal interface IRowsOfB<T, TWidth, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    /// <summary>The positions of the second and the third vector of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual (nuint Second, nuint Third) Vectors(scoped in RowsOfB<T> b) => (b.Second, b.Third);

    /// <summary>The row of step p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual ref T Row(ref T start, ref int list, int p) => ref start;

    /// <summary>The start of the rows after a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual ref T Next(ref T start, int step) => ref Unsafe.Add(ref start, step);

    /// <summary>The first vector of a row. <paramref name="step"/> is that of <see cref="RowsOfB{T}"/>: for pairs, the distance between the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual TVector First(ref T row, int step) => TWidth.Load(ref row, 0);

    /// <summary>The second or the third vector of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual TVector Beside(ref T row, nuint at, int step) => TWidth.Load(ref row, at);

    /// <summary>c += a·b, for a row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual void Multiply<TPanel>(ref T a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
        where TPanel : IPanelWidth
    {
        var factor = TWidth.Broadcast(a);
        c0 = TWidth.MultiplyAdd(factor, b0, c0);
        c1 = TPanel.Vectors > 1 ? TWidth.MultiplyAdd(factor, b1, c1) : c1;
        c2 = TPanel.Vectors > 2 ? TWidth.MultiplyAdd(factor, b2, c2) : c2;
    }
}

/// <summary>Rows of a matrix: the vectors of a row are adjacent.</summary>
internal readonly struct EvenRows<T, TWidth, TVector> : IRowsOfB<T, TWidth, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nuint Second, nuint Third) Vectors(scoped in RowsOfB<T> b) => ((nuint)TWidth.Lanes, (nuint)(2 * TWidth.Lanes));
}
