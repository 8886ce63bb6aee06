namespace DeepNotes.Backends;

/// <summary>
/// The axes of two strided operands, with neighbours merged where both are traversed without a gap: [N, C, H, W] against
/// [N, C, H, W] is one long axis, a matrix plus a row is two.
/// </summary>
internal static class MergedAxes
{
    /// <summary>Writes the axes, innermost first and without those of length 1, and returns how many there are.</summary>
    public static int Of(ReadOnlySpan<int> lengths, ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<(int Length, int A, int B)> axes)
    {
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

        return count;
    }
}
