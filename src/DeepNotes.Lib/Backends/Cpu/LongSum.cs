using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>A sum in double of vectors that are themselves sums of a few floats: however many there are, no digits are lost.</summary>
internal struct LongSum
{
    /// <summary>So many vectors are added in float before their sum comes here.</summary>
    public const int Block = 16;

    private Vector512<double> _low;
    private Vector512<double> _high;

    /// <summary>The sum of each lane.</summary>
    public readonly Vector512<float> Lanes => Vector512.Narrow(_low, _high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<float> sums) =>
        (_low, _high) = (_low + Vector512.WidenLower(sums), _high + Vector512.WidenUpper(sums));
}
