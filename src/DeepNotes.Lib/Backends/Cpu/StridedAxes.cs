namespace DeepNotes.Backends.Cpu;

/// <summary>
/// The axes of two strided operands, with neighbours merged where both walk straight on: [N, C, H, W] against
/// [N, C, H, W] is one long run, a matrix plus a row is two axes.
/// </summary>
internal readonly struct StridedAxes
{
    // All but the innermost, from inside out.
    private readonly (int Length, int A, int B)[] _outer;

    private StridedAxes(ReadOnlySpan<(int Length, int A, int B)> axes)
    {
        (InnerLength, InnerStrideA, InnerStrideB) = axes[0];
        _outer = axes[1..].ToArray();

        // Of rows without values there is none to walk over.
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
        var count = 0;
        for (var i = lengths.Length - 1; i >= 0; i--)
        {
            if (lengths[i] == 1)
            {
                continue;
            }

            if (count > 0 && axes[count - 1] is var inside && a[i] == inside.A * inside.Length && b[i] == inside.B * inside.Length)
            {
                axes[count - 1].Length *= lengths[i];
            }
            else
            {
                axes[count++] = (lengths[i], a[i], b[i]);
            }
        }

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
