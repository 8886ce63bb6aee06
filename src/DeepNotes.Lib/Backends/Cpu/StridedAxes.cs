namespace DeepNotes.Backends.Cpu;

/// <summary>
/// The axes of two strided operands, with neighbours merged where both walk straight on: [N, C, H, W] against
/// [N, C, H, W] is one long run, a matrix plus a row is two axes.
/// </summary>
internal sealed class StridedAxes
{
    // The innermost one first.
    private readonly (int Length, int A, int B)[] _axes;
    private readonly int _count;

    private StridedAxes((int Length, int A, int B)[] axes, int count)
    {
        (_axes, _count) = (axes, count);
        (InnerLength, InnerStrideA, InnerStrideB) = axes[0];
        OuterLength = 1;
        for (var i = 1; i < count; i++)
        {
            OuterLength *= axes[i].Length;
        }
    }

    public int InnerLength { get; }

    public int InnerStrideA { get; }

    public int InnerStrideB { get; }

    public int OuterLength { get; }

    public static StridedAxes Merge(int[] lengths, int[] a, int[] b)
    {
        var (axes, count) = (new (int Length, int A, int B)[Math.Max(1, lengths.Length)], 0);
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

        return new StridedAxes(axes, count);
    }

    /// <summary>Where the two operands' rows of this outer index begin.</summary>
    public (int A, int B) Offsets(int row)
    {
        var (a, b) = (0, 0);
        for (var i = 1; i < _count; i++)
        {
            var (length, strideA, strideB) = _axes[i];
            (row, var index) = Math.DivRem(row, length);
            a += index * strideA;
            b += index * strideB;
        }

        return (a, b);
    }
}
