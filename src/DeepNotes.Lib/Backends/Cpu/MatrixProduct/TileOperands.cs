using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Where the eight rows of A begin that a tile needs, and how far apart the values of a row are. A row may be several
/// lines of an image, with a gap from the end of one to the beginning of the next.
/// </summary>
internal readonly ref struct RowsOfA<T>(ref T start, ReadOnlySpan<int> offsets, int step, int lines = 1, int gap = 0)
{
    public readonly ref T Start = ref start;
    public readonly ReadOnlySpan<int> Offsets = offsets;
    public readonly int Step = step;
    public readonly int Lines = lines;
    public readonly int Gap = gap;
}

/// <summary>
/// Strips of as many rows of A as a tile has. What would be beyond the last row is the last row again.
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
    /// <param name="rows">How many rows there are.</param>
    /// <param name="stride">How far apart they are.</param>
    /// <param name="step">How far apart the values of a row are.</param>
    /// <param name="whole">Room for where the rows of a strip begin; its length is the rows of a strip.</param>
    /// <param name="last">Room for the last strip, which may be shorter.</param>
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

/// <summary>A tile of C: how far apart its rows are, how many of them there are, and where a row's second and third vector goes.</summary>
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
