using System.Runtime.CompilerServices;

namespace DeepNotes.Benchmarks;

/// <summary>
/// C = A·B of square float matrices, from three loops towards the algorithm of the library: each method adds one idea to the previous one.
/// The library itself has no code for the steps between <c>Device.Plain</c> and the micro-kernel; they exist to be read and measured.
/// </summary>
internal static class ProductSteps
{
    // A block of B of 64 × 64 floats, 16 KB, fits into the L1 cache.
    private const int Block = 64;

    // The tile of C held in registers: eight sums, four values of B and one of A take thirteen of sixteen.
    private const int TileRows = 2;
    private const int TileColumns = 4;

    /// <summary>c[i, j] = Σₚ a[i, p]·b[p, j]: the definition. Each step of p moves one row down in b, to another cache line.</summary>
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

    /// <summary>The two inner loops exchanged: b and c are read along their rows, in memory order.</summary>
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

    /// <summary>B in blocks: each stays in the cache for all rows of A.</summary>
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
    /// A panel of four columns of B packed into contiguous memory, and C in tiles whose sums stay in registers:
    /// six values are loaded for eight products, where the row-wise loop loads two and stores one for each product.
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
