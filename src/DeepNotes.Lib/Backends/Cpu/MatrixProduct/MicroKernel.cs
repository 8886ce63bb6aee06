using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Computes a tile of C, which stays in registers over all k. Conditions on the constants of the type arguments are resolved by the JIT, so
/// that each width of vectors and panels, and each type of rows of B, has its own loop of loads and multiply-adds.
/// </summary>
internal static class MicroKernel<T, TWidth, TVector>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
{
    /// <summary>Vectors in a row of a full tile.</summary>
    public static int Vectors => ThreeVectors.Vectors;

    /// <summary>Columns of a full tile.</summary>
    public static int Columns => Vectors * TWidth.Lanes;

    /// <summary>C += A·B, or C = A·B if it is the first block of k, for a tile of rows × (vectors·lanes).</summary>
    /// <param name="a">Rows of A.</param>
    /// <param name="b">Rows of B.</param>
    /// <param name="c">The tile.</param>
    /// <param name="k">The number of steps in each segment of a row of A.</param>
    /// <param name="width">Columns of the tile: three vectors in the middle of C, fewer at its right edge.</param>
    /// <param name="isFirst">Whether C is overwritten instead of added to.</param>
    public static void Multiply<TRows>(scoped in RowsOfA<T> a, scoped in RowsOfB<T> b, scoped in TileOfC<T> c, int k, int width, bool isFirst)
        where TRows : IRowsOfB<T, TWidth, TVector>
    {
        if (width == Columns)
        {
            Run<TRows, ThreeVectors>(a, b, c, k, isFirst);
        }
        else if (width > TWidth.Lanes)
        {
            Run<TRows, TwoVectors>(a, b, c, k, isFirst);
        }
        else
        {
            Run<TRows, OneVector>(a, b, c, k, isFirst);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TRows, TPanel>(scoped in RowsOfA<T> a, scoped in RowsOfB<T> b, scoped in TileOfC<T> c, int k, bool isFirst)
        where TRows : IRowsOfB<T, TWidth, TVector>
        where TPanel : IPanelWidth
    {
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        ref var a0 = ref Unsafe.Add(ref a.Start, a.Offsets[0]);
        ref var a1 = ref Unsafe.Add(ref a.Start, a.Offsets[1]);
        ref var a2 = ref Unsafe.Add(ref a.Start, a.Offsets[2]);
        ref var a3 = ref Unsafe.Add(ref a.Start, a.Offsets[3]);
        ref var a4 = ref Unsafe.Add(ref a.Start, TWidth.Rows > 4 ? a.Offsets[4] : 0);
        ref var a5 = ref Unsafe.Add(ref a.Start, TWidth.Rows > 4 ? a.Offsets[5] : 0);
        ref var a6 = ref Unsafe.Add(ref a.Start, TWidth.Rows > 4 ? a.Offsets[6] : 0);
        ref var a7 = ref Unsafe.Add(ref a.Start, TWidth.Rows > 4 ? a.Offsets[7] : 0);
        ref var start = ref b.Start;
        ref var list = ref b.List;
        var (second, third) = TRows.Vectors(b);
        var (step, aStep, segments, gap) = (b.Step, a.Step, a.Segments, a.Gap);
        nint i = 0;
        for (var segment = 0; segment < segments; segment++, i += gap)
        {
            for (var p = 0; p < k; p++, i += aStep)
            {
                ref var row = ref TRows.Row(ref start, ref list, p);
                var b0 = TRows.First(ref row, step);
                var b1 = TPanel.Vectors > 1 ? TRows.Beside(ref row, second, step) : default;
                var b2 = TPanel.Vectors > 2 ? TRows.Beside(ref row, third, step) : default;
                TRows.Multiply<TPanel>(ref Unsafe.Add(ref a0, i), b0, b1, b2, ref c00, ref c01, ref c02);
                TRows.Multiply<TPanel>(ref Unsafe.Add(ref a1, i), b0, b1, b2, ref c10, ref c11, ref c12);
                TRows.Multiply<TPanel>(ref Unsafe.Add(ref a2, i), b0, b1, b2, ref c20, ref c21, ref c22);
                TRows.Multiply<TPanel>(ref Unsafe.Add(ref a3, i), b0, b1, b2, ref c30, ref c31, ref c32);
                if (TWidth.Rows > 4)
                {
                    TRows.Multiply<TPanel>(ref Unsafe.Add(ref a4, i), b0, b1, b2, ref c40, ref c41, ref c42);
                    TRows.Multiply<TPanel>(ref Unsafe.Add(ref a5, i), b0, b1, b2, ref c50, ref c51, ref c52);
                    TRows.Multiply<TPanel>(ref Unsafe.Add(ref a6, i), b0, b1, b2, ref c60, ref c61, ref c62);
                    TRows.Multiply<TPanel>(ref Unsafe.Add(ref a7, i), b0, b1, b2, ref c70, ref c71, ref c72);
                }

                start = ref TRows.Next(ref start, step);
            }
        }

        Store<TPanel>(c00, c01, c02, c, 0, isFirst);
        Store<TPanel>(c10, c11, c12, c, 1, isFirst);
        Store<TPanel>(c20, c21, c22, c, 2, isFirst);
        Store<TPanel>(c30, c31, c32, c, 3, isFirst);
        if (TWidth.Rows > 4)
        {
            Store<TPanel>(c40, c41, c42, c, 4, isFirst);
            Store<TPanel>(c50, c51, c52, c, 5, isFirst);
            Store<TPanel>(c60, c61, c62, c, 6, isFirst);
            Store<TPanel>(c70, c71, c72, c, 7, isFirst);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TPanel>(TVector c0, TVector c1, TVector c2, scoped in TileOfC<T> c, int row, bool isFirst)
        where TPanel : IPanelWidth
    {
        if (row >= c.Rows)
        {
            return;
        }

        ref var target = ref Unsafe.Add(ref c.Start, row * c.Stride);
        Store(c0, ref target, 0, isFirst);
        if (TPanel.Vectors > 1)
        {
            Store(c1, ref target, c.Second, isFirst);
        }

        if (TPanel.Vectors > 2)
        {
            Store(c2, ref target, c.Third, isFirst);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector c, ref T target, nuint at, bool isFirst) =>
        TWidth.Store(isFirst ? c : TWidth.Add(TWidth.Load(ref target, at), c), ref target, at);
}
