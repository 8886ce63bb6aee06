using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// Makes products of MathNet's <c>Matrix&lt;float&gt;</c> and <c>Matrix&lt;double&gt;</c> as fast as those of tensors:
/// C = α·A·B + β·C by the same SIMD code on all cores, also with a vector and with transposes. Everything else, and complex
/// numbers, is as in MathNet's managed provider. Results do not depend on the number of threads; they differ from the
/// managed provider's in the last digits, as the order of additions does.
/// </summary>
/// <example><c>SimdLinearAlgebraProvider.Use();</c></example>
public sealed class SimdLinearAlgebraProvider
    : ILinearAlgebraProvider, ISimdProductProvider<float>, ISimdProductProvider<double>, IManagedProvider<Complex>, IManagedProvider<Complex32>
{
    private SimdLinearAlgebraProvider()
    {
    }

    /// <summary>The provider; it keeps nothing.</summary>
    public static SimdLinearAlgebraProvider Instance { get; } = new();

    /// <summary>Lets every MathNet matrix of this process use it from here on.</summary>
    /// <returns>Dispose it to go back to the provider before; keep nothing to stay.</returns>
    public static IDisposable Use()
    {
        var before = LinearAlgebraControl.Provider;
        LinearAlgebraControl.Provider = Instance;
        return new Switch(before);
    }

    /// <summary>Always: without vector instructions it is slower, not wrong.</summary>
    public bool IsAvailable() => true;

    /// <summary>Nothing to prepare.</summary>
    public void InitializeVerify()
    {
    }

    /// <summary>Nothing to free.</summary>
    public void FreeResources()
    {
    }

    /// <summary>For MathNet's own description of its settings.</summary>
    public override string ToString() => "DeepNotes SIMD";

    private sealed class Switch(ILinearAlgebraProvider before) : IDisposable
    {
        private ILinearAlgebraProvider? _before = before;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _before, null) is { } provider)
            {
                LinearAlgebraControl.Provider = provider;
            }
        }
    }
}

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
