namespace DeepNotes.Backends.Cpu;

/// <summary>
/// The axes of two strided operands, with neighbours merged where both walk straight on: [N, C, H, W] against
/// [N, C, H, W] is one long run, a matrix plus a row is two axes.
/// </summary>
internal sealed class StridedAxes
{
    private readonly List<(int Length, int A, int B)> _outer;

    private StridedAxes(List<(int Length, int A, int B)> axes)
    {
        (InnerLength, InnerStrideA, InnerStrideB) = axes[^1];
        _outer = axes[..^1];
        OuterLength = _outer.Aggregate(1, (product, axis) => product * axis.Length);
    }

    public int InnerLength { get; }

    public int InnerStrideA { get; }

    public int InnerStrideB { get; }

    public int OuterLength { get; }

    public static StridedAxes Merge(int[] lengths, int[] a, int[] b)
    {
        var axes = new List<(int Length, int A, int B)>();
        for (var i = lengths.Length - 1; i >= 0; i--)
        {
            if (lengths[i] == 1)
            {
                continue;
            }

            if (axes.Count > 0 && a[i] == axes[^1].A * axes[^1].Length && b[i] == axes[^1].B * axes[^1].Length)
            {
                axes[^1] = (axes[^1].Length * lengths[i], axes[^1].A, axes[^1].B);
            }
            else
            {
                axes.Add((lengths[i], a[i], b[i]));
            }
        }

        if (axes.Count == 0)
        {
            axes.Add((1, 0, 0));
        }

        axes.Reverse();
        return new StridedAxes(axes);
    }

    /// <summary>Where the two operands' rows of this outer index begin.</summary>
    public (int A, int B) Offsets(int row)
    {
        var (a, b) = (0, 0);
        for (var i = _outer.Count - 1; i >= 0; i--)
        {
            var (length, strideA, strideB) = _outer[i];
            (row, var index) = Math.DivRem(row, length);
            a += index * strideA;
            b += index * strideB;
        }

        return (a, b);
    }
}
