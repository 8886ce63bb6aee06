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

/// <summary>How the micro-kernel finds B's next row: none of these, unless a way says so.</summary>
internal interface IRowsOfB
{
    static virtual bool AreListed => false;

    /// <summary>Whether a vector is two halves, a gap apart.</summary>
    static virtual bool ArePairs => false;

    /// <summary>Whether a step takes a whole vector along k, of A as of B, so that each lane has a sum of its own.</summary>
    static virtual bool RunAlongK => false;

    /// <summary>Whether the second and the third vector of C are those of A's next values, with the same vector of B.</summary>
    static virtual bool TakeNeighbours => false;
}

/// <summary>Rows at equal distances: a matrix.</summary>
internal readonly struct EvenRows : IRowsOfB;

/// <summary>Rows at listed places: what the taps of a convolution see in an image.</summary>
internal readonly struct ListedRows : IRowsOfB
{
    public static bool AreListed => true;
}

/// <summary>Listed rows of an image so narrow that two of its own rows make a vector.</summary>
internal readonly struct PairedRows : IRowsOfB
{
    public static bool AreListed => true;

    public static bool ArePairs => true;
}

/// <summary>Three long rows side by side, walked together with the rows of A: the images of a weight gradient.</summary>
internal readonly struct LongRows : IRowsOfB
{
    public static bool RunAlongK => true;
}

/// <summary>
/// Rows at equal distances and one vector wide, for three neighbours of A at each step: the taps of a kernel's row, which see
/// an image one column apart. One vector alone would keep no more than a third of the registers busy.
/// </summary>
internal readonly struct RowsOfNeighbours : IRowsOfB
{
    public static bool TakeNeighbours => true;
}

/// <summary>
/// A tile of C that stays in registers while k runs. Conditions on the constants of a width vanish when it is compiled, so
/// that each width of vectors and of panels is a straight loop of loads and multiply-adds.
/// </summary>
internal static class MicroKernel<T, TWidth, TVector, TPanel, TRows>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
    where TPanel : IPanelWidth
    where TRows : IRowsOfB
{
    /// <summary>C += A·B, or C = A·B where nothing is in C yet, for a tile of rows by vectors·lanes.</summary>
    /// <param name="a">Rows of A.</param>
    /// <param name="b">Rows of B.</param>
    /// <param name="c">The tile.</param>
    /// <param name="k">How many steps, of each line of A.</param>
    /// <param name="isFirst">Whether nothing is in C yet.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(scoped in RowsOfA<T> a, scoped in RowsOfB<T> b, scoped in TileOfC<T> c, int k, bool isFirst)
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
        var second = TRows.AreListed || TRows.RunAlongK ? b.Second : (nuint)TWidth.Lanes;
        var third = TRows.AreListed || TRows.RunAlongK ? b.Third : (nuint)(2 * TWidth.Lanes);
        var (step, aStep, lines, gap) = (b.Step, a.Step, a.Lines, a.Gap);
        nint i = 0;
        for (var line = 0; line < lines; line++, i += gap)
        {
            for (var p = 0; p < k; p++, i += aStep)
            {
                ref var row = ref TRows.AreListed ? ref Unsafe.Add(ref start, Unsafe.Add(ref list, p)) : ref start;
                var b0 = Load(ref row, 0, step);
                var b1 = TPanel.Vectors > 1 && !TRows.TakeNeighbours ? Load(ref row, second, step) : default;
                var b2 = TPanel.Vectors > 2 && !TRows.TakeNeighbours ? Load(ref row, third, step) : default;
                Multiply(ref Unsafe.Add(ref a0, i), b0, b1, b2, ref c00, ref c01, ref c02);
                Multiply(ref Unsafe.Add(ref a1, i), b0, b1, b2, ref c10, ref c11, ref c12);
                Multiply(ref Unsafe.Add(ref a2, i), b0, b1, b2, ref c20, ref c21, ref c22);
                Multiply(ref Unsafe.Add(ref a3, i), b0, b1, b2, ref c30, ref c31, ref c32);
                if (TWidth.Rows > 4)
                {
                    Multiply(ref Unsafe.Add(ref a4, i), b0, b1, b2, ref c40, ref c41, ref c42);
                    Multiply(ref Unsafe.Add(ref a5, i), b0, b1, b2, ref c50, ref c51, ref c52);
                    Multiply(ref Unsafe.Add(ref a6, i), b0, b1, b2, ref c60, ref c61, ref c62);
                    Multiply(ref Unsafe.Add(ref a7, i), b0, b1, b2, ref c70, ref c71, ref c72);
                }

                start = ref TRows.AreListed ? ref start : ref Unsafe.Add(ref start, step);
            }
        }

        Put(c00, c01, c02, c, 0, isFirst);
        Put(c10, c11, c12, c, 1, isFirst);
        Put(c20, c21, c22, c, 2, isFirst);
        Put(c30, c31, c32, c, 3, isFirst);
        if (TWidth.Rows > 4)
        {
            Put(c40, c41, c42, c, 4, isFirst);
            Put(c50, c51, c52, c, 5, isFirst);
            Put(c60, c61, c62, c, 6, isFirst);
            Put(c70, c71, c72, c, 7, isFirst);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(ref T row, nuint at, int gap) =>
        TRows.ArePairs ? TWidth.LoadPair(ref row, at, (nuint)gap) : TWidth.Load(ref row, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(ref T a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
    {
        if (TRows.TakeNeighbours)
        {
            c0 = TWidth.MultiplyAdd(TWidth.Spread(a), b0, c0);
            c1 = TWidth.MultiplyAdd(TWidth.Spread(Unsafe.Add(ref a, 1)), b0, c1);
            c2 = TWidth.MultiplyAdd(TWidth.Spread(Unsafe.Add(ref a, 2)), b0, c2);
            return;
        }

        var factor = TRows.RunAlongK ? TWidth.Load(ref a, 0) : TWidth.Spread(a);
        c0 = TWidth.MultiplyAdd(factor, b0, c0);
        c1 = TPanel.Vectors > 1 ? TWidth.MultiplyAdd(factor, b1, c1) : c1;
        c2 = TPanel.Vectors > 2 ? TWidth.MultiplyAdd(factor, b2, c2) : c2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TVector c0, TVector c1, TVector c2, scoped in TileOfC<T> c, int row, bool isFirst)
    {
        if (row >= c.Rows)
        {
            return;
        }

        ref var target = ref Unsafe.Add(ref c.Start, row * c.Stride);
        Put(c0, ref target, 0, isFirst);
        if (TPanel.Vectors > 1)
        {
            Put(c1, ref target, c.Second, isFirst);
        }

        if (TPanel.Vectors > 2)
        {
            Put(c2, ref target, c.Third, isFirst);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TVector c, ref T target, nuint at, bool isFirst) =>
        TWidth.Store(isFirst ? c : TWidth.Add(TWidth.Load(ref target, at), c), ref target, at);
}
