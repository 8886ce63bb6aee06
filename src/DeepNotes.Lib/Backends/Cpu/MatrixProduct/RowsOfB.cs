using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Where a tile finds B's rows: <see cref="EvenRows{T, TWidth, TVector}"/> apart by a step in a matrix, or as convolutions list them.
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

    /// <summary>Long rows: how many values a step is, and where the second and the third row begin.</summary>
    public RowsOfB(ref T start, int step, int second, int third)
    {
        Start = ref start;
        List = ref Unsafe.NullRef<int>();
        (Step, Second, Third) = (step, (nuint)second, (nuint)third);
    }

    /// <summary>Listed rows, with the positions of a row's second and third vector, and how far apart the halves of a pair are.</summary>
    public RowsOfB(ref T start, ref int list, int second, int third, int gap = 0)
    {
        Start = ref start;
        List = ref list;
        (Step, Second, Third) = (gap, (nuint)second, (nuint)third);
    }
}

/// <summary>
/// What a step of the micro-kernel reads of B, and what it multiplies it by: a type for each way in which B lies in memory, so that
/// the compiler makes a separate kernel for each.
/// </summary>
internal interface IRowsOfB<T, TVector>
    where T : struct
    where TVector : struct
{
    /// <summary>Where the second and the third vector of a row are.</summary>
    static abstract (nuint Second, nuint Third) Vectors(scoped in RowsOfB<T> b);

    /// <summary>The row of step p.</summary>
    static abstract ref T Row(ref T start, ref int list, int p);

    /// <summary>Where rows start after a step.</summary>
    static abstract ref T Next(ref T start, int step);

    /// <summary>The first vector of a row. The step is B's; between the halves of a pair it is the gap.</summary>
    static abstract TVector First(ref T row, int step);

    /// <summary>The second or the third vector of a row.</summary>
    static abstract TVector Beside(ref T row, nuint at, int step);

    /// <summary>c += a·b, for a row of the tile.</summary>
    static abstract void Multiply<TPanel>(ref T a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
        where TPanel : IPanelWidth;
}

/// <summary>Rows at equal distances: a matrix. One value of A is spread over the lanes.</summary>
internal readonly struct EvenRows<T, TWidth, TVector> : IRowsOfB<T, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nuint Second, nuint Third) Vectors(scoped in RowsOfB<T> b) => ((nuint)TWidth.Lanes, (nuint)(2 * TWidth.Lanes));

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
        var factor = TWidth.Broadcast(a);
        c0 = TWidth.MultiplyAdd(factor, b0, c0);
        c1 = TPanel.Vectors > 1 ? TWidth.MultiplyAdd(factor, b1, c1) : c1;
        c2 = TPanel.Vectors > 2 ? TWidth.MultiplyAdd(factor, b2, c2) : c2;
    }
}
