namespace DeepNotes.Backends.Cpu;

/// <summary>The <see cref="MergedAxes"/> of two strided operands, the innermost apart from the others.</summary>
internal readonly struct StridedAxes
{
    // All but the innermost, from inside out.
    private readonly (int Length, int A, int B)[] _outer;

    private StridedAxes(ReadOnlySpan<(int Length, int A, int B)> axes)
    {
        (InnerLength, InnerStrideA, InnerStrideB) = axes[0];
        _outer = axes[1..].ToArray();

        // Rows without values are not visited.
        OuterLength = Math.Min(1, InnerLength);
        foreach (var (length, _, _) in _outer)
        {
            OuterLength *= length;
        }
    }

    public int InnerLength { get; }

    public int InnerStrideA { get; }

    public int InnerStrideB { get; }

    public int OuterLength { get; }

    public static StridedAxes Merge(ReadOnlySpan<int> lengths, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        Span<(int Length, int A, int B)> axes = stackalloc (int Length, int A, int B)[Math.Max(1, lengths.Length)];
        var count = MergedAxes.Of(lengths, a, b, axes);
        if (count == 0)
        {
            axes[count++] = (1, 0, 0);
        }

        return new StridedAxes(axes[..count]);
    }

    /// <summary>Where the two operands' rows of this outer index begin.</summary>
    public (int A, int B) Offsets(int row)
    {
        var (a, b) = (0, 0);
        foreach (var (length, strideA, strideB) in _outer)
        {
            (row, var index) = Math.DivRem(row, length);
            a += index * strideA;
            b += index * strideB;
        }

        return (a, b);
    }
}
