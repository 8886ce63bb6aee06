using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>Where the eight rows of A begin that a tile needs, and how far apart the values of a row are.</summary>
internal readonly ref struct RowsOfA<T>(ref T start, ReadOnlySpan<int> offsets, int step)
{
    public readonly ref T Start = ref start;
    public readonly ReadOnlySpan<int> Offsets = offsets;
    public readonly int Step = step;
}

/// <summary>Where a tile finds B's rows: <see cref="EvenRows"/> apart by a step, or <see cref="ListedRows"/>.</summary>
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

    /// <summary>Listed rows, with the places of a row's second and third vector.</summary>
    public RowsOfB(ref T start, ref int list, int second, int third)
    {
        Start = ref start;
        List = ref list;
        (Second, Third) = ((nuint)second, (nuint)third);
    }
}

/// <summary>A tile of C: how far apart its rows are, how many of them there are, and where a row's second and third vector goes.</summary>
internal readonly ref struct TileOfC<T>(ref T start, int stride, int rows, int second, int third)
{
    public readonly ref T Start = ref start;
    public readonly int Stride = stride;
    public readonly int Rows = rows;
    public readonly nuint Second = (nuint)second;
    public readonly nuint Third = (nuint)third;
}
