using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// A matrix times a vector, for products with a single row or column: every value of the matrix is used once, so that
/// nothing is packed and memory sets the pace.
/// </summary>
internal static class VectorProduct
{
    // Lines of a piece where lines lie side by side: the sums of a piece stay in the nearest cache.
    private const int LinesAtOnce = 1 << 10;

    /// <summary>y[line] = Σₚ matrix[line, p]·vector[p].</summary>
    public static void Multiply<T>(MatrixOperand<T> matrix, MatrixOperand<T> vector, Memory<T> y, int lines, int steps)
        where T : unmanaged, INumberBase<T>
    {
        var v = ArrayPool<T>.Shared.Rent(steps);
        for (var p = 0; p < steps; p++)
        {
            v[p] = vector.At(0, p);
        }

        if (matrix.RunsAlongK)
        {
            MultiplyLines(matrix, v, y, lines, steps);
        }
        else
        {
            AddColumns(matrix, v, y, lines, steps);
        }

        ArrayPool<T>.Shared.Return(v);
    }

    private static void MultiplyLines<T>(MatrixOperand<T> matrix, T[] v, Memory<T> y, int lines, int steps)
        where T : unmanaged, INumberBase<T> =>
        Work.ByCost(lines, steps, (matrix, v, y, steps), static (in work, start, end) =>
        {
            var (matrix, v, y, steps) = work;
            for (var line = start; line < end; line++)
            {
                y.Span[line] = Dot(MemoryMarshal.CreateReadOnlySpan(ref matrix.At(line, 0), steps), v);
            }
        });

    private static void AddColumns<T>(MatrixOperand<T> matrix, T[] v, Memory<T> y, int lines, int steps)
        where T : unmanaged, INumberBase<T> =>
        Work.InPieces(lines, LinesAtOnce, (matrix, v, y, steps), static (in work, start, end) =>
        {
            var (matrix, v, y, steps) = work;
            var sums = y.Span[start..end];
            sums.Clear();
            for (var p = 0; p < steps; p++)
            {
                AddScaled(MemoryMarshal.CreateReadOnlySpan(ref matrix.At(start, p), sums.Length), v[p], sums);
            }
        });

    private static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, INumberBase<T>
    {
        var width = Vector<T>.Count;
        var (s0, s1, s2, s3) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
        var i = 0;
        for (; i <= a.Length - 4 * width; i += 4 * width)
        {
            s0 += new Vector<T>(a[i..]) * new Vector<T>(b[i..]);
            s1 += new Vector<T>(a[(i + width)..]) * new Vector<T>(b[(i + width)..]);
            s2 += new Vector<T>(a[(i + 2 * width)..]) * new Vector<T>(b[(i + 2 * width)..]);
            s3 += new Vector<T>(a[(i + 3 * width)..]) * new Vector<T>(b[(i + 3 * width)..]);
        }

        var sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddScaled<T>(ReadOnlySpan<T> x, T factor, Span<T> y)
        where T : unmanaged, INumberBase<T>
    {
        var width = Vector<T>.Count;
        var i = 0;
        for (; i <= y.Length - width; i += width)
        {
            (new Vector<T>(y[i..]) + new Vector<T>(x[i..]) * factor).CopyTo(y[i..]);
        }

        for (; i < y.Length; i++)
        {
            y[i] += x[i] * factor;
        }
    }
}
