using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>How many vectors wide a panel of B is.</summary>
internal interface IPanelWidth
{
    static abstract int Vectors { get; }
}

/// <summary>One vector: what is left at the right edge.</summary>
internal readonly struct OneVector : IPanelWidth
{
    public static int Vectors => 1;
}

/// <summary>Two vectors: what is left at the right edge.</summary>
internal readonly struct TwoVectors : IPanelWidth
{
    public static int Vectors => 2;
}

/// <summary>Three vectors: as much as fits into the registers.</summary>
internal readonly struct ThreeVectors : IPanelWidth
{
    public static int Vectors => 3;
}

/// <summary>
/// A tile of C that stays in registers while k runs. Conditions on the constants of a width vanish when it is compiled, so
/// that each width of vectors and of panels is a straight loop of loads and multiply-adds.
/// </summary>
internal static class MicroKernel<TWidth, TVector, TPanel>
    where TWidth : IVectorWidth<TVector>
    where TVector : struct
    where TPanel : IPanelWidth
{
    /// <summary>C += A·B for packed A [k, rows] and packed B [k, vectors·lanes]; or C = A·B where nothing is in C yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(ref float a, ref float b, ref float c, int stride, int k, bool isFirst)
    {
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        for (; k > 0; k--)
        {
            var b0 = TWidth.Load(ref b, 0);
            var b1 = TPanel.Vectors > 1 ? TWidth.Load(ref b, (nuint)TWidth.Lanes) : default;
            var b2 = TPanel.Vectors > 2 ? TWidth.Load(ref b, (nuint)(2 * TWidth.Lanes)) : default;
            Multiply(a, b0, b1, b2, ref c00, ref c01, ref c02);
            Multiply(Unsafe.Add(ref a, 1), b0, b1, b2, ref c10, ref c11, ref c12);
            Multiply(Unsafe.Add(ref a, 2), b0, b1, b2, ref c20, ref c21, ref c22);
            Multiply(Unsafe.Add(ref a, 3), b0, b1, b2, ref c30, ref c31, ref c32);
            if (TWidth.Rows > 4)
            {
                Multiply(Unsafe.Add(ref a, 4), b0, b1, b2, ref c40, ref c41, ref c42);
                Multiply(Unsafe.Add(ref a, 5), b0, b1, b2, ref c50, ref c51, ref c52);
                Multiply(Unsafe.Add(ref a, 6), b0, b1, b2, ref c60, ref c61, ref c62);
                Multiply(Unsafe.Add(ref a, 7), b0, b1, b2, ref c70, ref c71, ref c72);
            }

            a = ref Unsafe.Add(ref a, TWidth.Rows);
            b = ref Unsafe.Add(ref b, TPanel.Vectors * TWidth.Lanes);
        }

        Put(c00, c01, c02, ref c, isFirst);
        Put(c10, c11, c12, ref Unsafe.Add(ref c, stride), isFirst);
        Put(c20, c21, c22, ref Unsafe.Add(ref c, 2 * stride), isFirst);
        Put(c30, c31, c32, ref Unsafe.Add(ref c, 3 * stride), isFirst);
        if (TWidth.Rows > 4)
        {
            Put(c40, c41, c42, ref Unsafe.Add(ref c, 4 * stride), isFirst);
            Put(c50, c51, c52, ref Unsafe.Add(ref c, 5 * stride), isFirst);
            Put(c60, c61, c62, ref Unsafe.Add(ref c, 6 * stride), isFirst);
            Put(c70, c71, c72, ref Unsafe.Add(ref c, 7 * stride), isFirst);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(float a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
    {
        var spread = TWidth.Spread(a);
        c0 = TWidth.MultiplyAdd(spread, b0, c0);
        c1 = TPanel.Vectors > 1 ? TWidth.MultiplyAdd(spread, b1, c1) : c1;
        c2 = TPanel.Vectors > 2 ? TWidth.MultiplyAdd(spread, b2, c2) : c2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TVector c0, TVector c1, TVector c2, ref float c, bool isFirst)
    {
        TWidth.Store(isFirst ? c0 : TWidth.Add(TWidth.Load(ref c, 0), c0), ref c, 0);
        if (TPanel.Vectors > 1)
        {
            TWidth.Store(isFirst ? c1 : TWidth.Add(TWidth.Load(ref c, (nuint)TWidth.Lanes), c1), ref c, (nuint)TWidth.Lanes);
        }

        if (TPanel.Vectors > 2)
        {
            TWidth.Store(isFirst ? c2 : TWidth.Add(TWidth.Load(ref c, (nuint)(2 * TWidth.Lanes)), c2), ref c, (nuint)(2 * TWidth.Lanes));
        }
    }
}
