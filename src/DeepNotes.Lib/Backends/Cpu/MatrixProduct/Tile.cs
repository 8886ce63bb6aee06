namespace DeepNotes.Backends.Cpu;

/// <summary>Picks the micro-kernel for a tile's width: three vectors in the middle of C, fewer at its right edge.</summary>
internal static class Tile<T, TWidth, TVector, TRows>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
    where TRows : IRowsOfB
{
    /// <summary>Columns of a full tile.</summary>
    public static int Columns => 3 * TWidth.Lanes;

    /// <inheritdoc cref="MicroKernel{T, TWidth, TVector, TPanel, TRows}.Run"/>
    public static void Multiply(RowsOfA<T> a, ref T b, int step, ref int list, ref T c, int stride, int k, int width, bool isFirst)
    {
        if (width == Columns)
        {
            MicroKernel<T, TWidth, TVector, ThreeVectors, TRows>.Run(a, ref b, step, ref list, ref c, stride, k, isFirst);
        }
        else if (width > TWidth.Lanes)
        {
            MicroKernel<T, TWidth, TVector, TwoVectors, TRows>.Run(a, ref b, step, ref list, ref c, stride, k, isFirst);
        }
        else
        {
            MicroKernel<T, TWidth, TVector, OneVector, TRows>.Run(a, ref b, step, ref list, ref c, stride, k, isFirst);
        }
    }
}
