namespace DeepNotes.Backends.Gpu;

/// <summary>
/// Up to six <see cref="MergedAxes"/> of two strided operands, as one argument of a kernel.
/// </summary>
internal readonly struct Axes
{
    public const int Most = 6;

    private readonly int _count;
    private readonly int _startA, _startB;
    private readonly int _l0, _l1, _l2, _l3, _l4;
    private readonly int _a0, _a1, _a2, _a3, _a4, _a5;
    private readonly int _b0, _b1, _b2, _b3, _b4, _b5;

    private Axes(ReadOnlySpan<(int Length, int A, int B)> axes, int count, int startA, int startB)
    {
        (_count, _startA, _startB, Length) = (count, startA, startB, 1);
        foreach (var (length, _, _) in axes)
        {
            Length *= length;
        }

        ((_l0, _a0, _b0), (_l1, _a1, _b1), (_l2, _a2, _b2)) = (axes[0], axes[1], axes[2]);
        ((_l3, _a3, _b3), (_l4, _a4, _b4), (_, _a5, _b5)) = (axes[3], axes[4], axes[5]);
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether both operands are contiguous.</summary>
    public bool IsStraight => _count <= 1 && (Length == 1 || (_a0 == 1 && _b0 == 1)) && _startA == 0 && _startB == 0;

    /// <summary>Merges axes and returns their number; more than <see cref="Most"/> are not supported by one kernel.</summary>
    public static int TryMerge(ReadOnlySpan<int> lengths, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int startA, int startB, out Axes axes)
    {
        Span<(int Length, int A, int B)> merged = stackalloc (int, int, int)[Math.Max(Most, lengths.Length)];
        merged.Fill((1, 0, 0));
        var count = MergedAxes.Of(lengths, a, b, merged);
        axes = count <= Most ? new Axes(merged[..Most], count, startA, startB) : default;
        return count;
    }

    /// <summary>The offsets of element i in a and in b.</summary>
    public void Offsets(int i, out int a, out int b)
    {
        a = _startA + i % _l0 * _a0;
        b = _startB + i % _l0 * _b0;
        if (_count > 1)
        {
            var rest = i / _l0;
            Step(ref rest, _l1, _a1, _b1, ref a, ref b);
            Step(ref rest, _l2, _a2, _b2, ref a, ref b);
            if (_count > 3)
            {
                Step(ref rest, _l3, _a3, _b3, ref a, ref b);
                Step(ref rest, _l4, _a4, _b4, ref a, ref b);
                a += rest * _a5;
                b += rest * _b5;
            }
        }
    }

    private static void Step(ref int rest, int length, int strideA, int strideB, ref int a, ref int b)
    {
        var position = rest % length;
        rest /= length;
        a += position * strideA;
        b += position * strideB;
    }
}
