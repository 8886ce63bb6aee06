using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepNotes;

/// <summary>Linear algebra of one real number type: products by <see cref="ColumnMajorProduct"/>, the rest as MathNet does it.</summary>
internal interface ISimdProductProvider<T> : IManagedProvider<T>
    where T : unmanaged, INumberBase<T>
{
    void ILinearAlgebraProvider<T>.MatrixMultiply(
        T[] x, int rowsX, int columnsX, T[] y, int rowsY, int columnsY, T[] result)
    {
        var left = new ColumnMajor<T>(x, rowsX, columnsX, IsTransposed: false);
        var right = new ColumnMajor<T>(y, rowsY, columnsY, IsTransposed: false);
        ColumnMajorProduct.Multiply("MatrixMultiply", T.One, left, right, T.Zero, result);
    }

    void ILinearAlgebraProvider<T>.MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, T alpha, T[] a, int rowsA, int columnsA, T[] b, int rowsB, int columnsB, T beta, T[] c)
    {
        var left = new ColumnMajor<T>(a, rowsA, columnsA, transposeA != Transpose.DontTranspose);
        var right = new ColumnMajor<T>(b, rowsB, columnsB, transposeB != Transpose.DontTranspose);
        ColumnMajorProduct.Multiply("MatrixMultiplyWithUpdate", alpha, left, right, beta, c);
    }
}
