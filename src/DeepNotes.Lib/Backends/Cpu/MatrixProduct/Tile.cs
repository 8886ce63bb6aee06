namespace DeepNotes.Backends.Cpu;

/// <summary>Picks the micro-kernel for a tile's width: three vectors in the middle of C, fewer at its right edge.</summary>
internal static class Tile<T, TWidth, TVector, TRows>
    where T : struct
    where TWidth : IVectorWidth<T, TVector>
    where TVector : struct
    where TRows : IRowsOfB
{
    /// <summary>Vectors in a row of a full tile.</summary>
    public static int Vectors => ThreeVectors.Vectors;

    /// <summary>Columns of a full tile.</summary>
    public static int Columns => Vectors * TWidth.Lanes;

    /// <inheritdoc cref="MicroKernel{T, TWidth, TVector, TPanel, TRows}.Run"/>
    public static void Multiply(scoped in RowsOfA<T> a, scoped in RowsOfB<T> b, scoped in TileOfC<T> c, int k, int width, bool isFirst)
    {
        if (width == Columns)
        {
            MicroKernel<T, TWidth, TVector, ThreeVectors, TRows>.Run(a, b, c, k, isFirst);
        }
        else if (width > TWidth.Lanes)
        {
            MicroKernel<T, TWidth, TVector, TwoVectors, TRows>.Run(a, b, c, k, isFirst);
        }
        else
        {
            MicroKernel<T, TWidth, TVector, OneVector, TRows>.Run(a, b, c, k, isFirst);
        }
    }
}
