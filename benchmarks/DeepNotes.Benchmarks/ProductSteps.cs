using System.Runtime.CompilerServices;

namespace DeepNotes.Benchmarks;

/// <summary>
/// C = A·B of square float matrices, from three loops to what the library does, one step after the other: each method differs
/// from the one before it by one idea. The library has no code for the steps between <c>Device.Plain</c> and the micro-kernel; they are here to be
/// read and measured.
/// </summary>
internal static class ProductSteps
{
    // A block of B of this many rows and columns, 16 KB, stays in the nearest cache.
    private const int Block = 64;

    // The tile of C that stays in registers: eight sums, four values of B and one of A are thirteen of sixteen.
    private const int TileRows = 2;
    private const int TileColumns = 4;

    /// <summary>c[i, j] = Σₚ a[i, p]·b[p, j]: the definition. Each step of p is a row further in b, another cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Loops(float[] a, float[] b, float[] c, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0f;
                for (var p = 0; p < n; p++)
                {
                    sum += a[i * n + p] * b[p * n + j];
                }

                c[i * n + j] = sum;
            }
        }
    }

    /// <summary>The inner two loops exchanged: b and c are walked along their rows, value by value as they lie in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AlongRows(float[] a, float[] b, float[] c, int n)
    {
        Array.Clear(c);
        for (var i = 0; i < n; i++)
        {
            for (var p = 0; p < n; p++)
            {
                var factor = a[i * n + p];
                for (var j = 0; j < n; j++)
                {
                    c[i * n + j] += factor * b[p * n + j];
                }
            }
        }
    }

    /// <summary>B in blocks: one stays in the cache while all rows of A pass by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocked(float[] a, float[] b, float[] c, int n)
    {
        Array.Clear(c);
        for (var firstStep = 0; firstStep < n; firstStep += Block)
        {
            for (var firstColumn = 0; firstColumn < n; firstColumn += Block)
            {
                for (var i = 0; i < n; i++)
                {
                    for (var p = firstStep; p < firstStep + Block; p++)
                    {
                        var factor = a[i * n + p];
                        for (var j = firstColumn; j < firstColumn + Block; j++)
                        {
                            c[i * n + j] += factor * b[p * n + j];
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// A panel of four columns of B copied so that its values lie one behind the other, and C in tiles whose sums stay in registers:
    /// six values are loaded for eight products, where a row at a time loads two and stores one for each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Packed(float[] a, float[] b, float[] c, int n)
    {
        var panel = new float[n * TileColumns];
        for (var j = 0; j < n; j += TileColumns)
        {
            for (var p = 0; p < n; p++)
            {
                b.AsSpan(p * n + j, TileColumns).CopyTo(panel.AsSpan(p * TileColumns));
            }

            for (var i = 0; i < n; i += TileRows)
            {
                Tile(a.AsSpan(i * n, n), a.AsSpan((i + 1) * n, n), panel, c.AsSpan(i * n + j, TileColumns), c.AsSpan((i + 1) * n + j, TileColumns));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ReadOnlySpan<float> a0, ReadOnlySpan<float> a1, ReadOnlySpan<float> panel, Span<float> c0, Span<float> c1)
    {
        var (c00, c01, c02, c03) = (0f, 0f, 0f, 0f);
        var (c10, c11, c12, c13) = (0f, 0f, 0f, 0f);
        for (var p = 0; p < a0.Length; p++)
        {
            var row = panel.Slice(p * TileColumns, TileColumns);
            var (b0, b1, b2, b3) = (row[0], row[1], row[2], row[3]);
            c00 += a0[p] * b0;
            c01 += a0[p] * b1;
            c02 += a0[p] * b2;
            c03 += a0[p] * b3;
            c10 += a1[p] * b0;
            c11 += a1[p] * b1;
            c12 += a1[p] * b2;
            c13 += a1[p] * b3;
        }

        (c0[0], c0[1], c0[2], c0[3]) = (c00, c01, c02, c03);
        (c1[0], c1[1], c1[2], c1[3]) = (c10, c11, c12, c13);
    }
}
