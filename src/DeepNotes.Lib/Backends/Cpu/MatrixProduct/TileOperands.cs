using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// The offsets of the rows of A for one tile, and the distance between consecutive values of a row. A row may consist of several
/// segments, such as the lines of an image, with a gap between the end of one and the start of the next.
/// </summary>
internal readonly ref struct RowsOfA<T>(ref T start, ReadOnlySpan<int> offsets, int step, int segments = 1, int gap = 0)
{
    public readonly ref T Start = ref start;
    public readonly ReadOnlySpan<int> Offsets = offsets;
    public readonly int Step = step;
    public readonly int Segments = segments;
    public readonly int Gap = gap;
}

/// <summary>
/// A divided into strips, each with as many rows as a tile. The last strip is padded by repeating the last row.
/// </summary>
internal readonly ref struct StripsOfA<T>
{
    private readonly ref T _start;
    private readonly int _rows;
    private readonly int _stride;
    private readonly int _step;
    private readonly ReadOnlySpan<int> _whole;
    private readonly ReadOnlySpan<int> _last;

    /// <summary>Strips of A.</summary>
    /// <param name="start">The first value of the first row.</param>
    /// <param name="rows">The number of rows of A.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="step">The distance between consecutive values of a row.</param>
    /// <param name="whole">A buffer for the offsets of the rows of a strip, with one element for each row of a tile.</param>
    /// <param name="last">The same for the last strip, which may have fewer rows of A.</param>
    public StripsOfA(ref T start, int rows, int stride, int step, Span<int> whole, Span<int> last)
    {
        _start = ref start;
        (_rows, _stride, _step) = (rows, stride, step);
        var rest = rows % whole.Length;
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] = i * stride;
            last[i] = Math.Min(i, rest == 0 ? i : rest - 1) * stride;
        }

        _whole = whole;
        _last = last;
    }

    /// <summary>The strip that begins with a row.</summary>
    public RowsOfA<T> At(int row) =>
        new(ref Unsafe.Add(ref _start, row * _stride), _rows - row >= _whole.Length ? _whole : _last, _step);
}

/// <summary>A tile of C: the distance between its rows, their number, and the offsets of a row's second and third vector.</summary>
internal readonly ref struct TileOfC<T>(ref T start, int stride, int rows, int second, int third)
{
    /// <summary>A tile whose vectors are adjacent.</summary>
    public TileOfC(ref T start, int stride, int rows, int lanes)
        : this(ref start, stride, rows, lanes, 2 * lanes)
    {
    }

    public readonly ref T Start = ref start;
    public readonly int Stride = stride;
    public readonly int Rows = rows;
    public readonly nuint Second = (nuint)second;
    public readonly nuint Third = (nuint)third;
}
