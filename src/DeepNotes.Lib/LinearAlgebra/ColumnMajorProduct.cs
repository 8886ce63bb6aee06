using System.Buffers;
using System.Numerics;
using DeepNotes.Backends.Cpu;

namespace DeepNotes;

/// <summary>C = α·A·B + β·C for matrices in MathNet's order, by the product that the networks use.</summary>
internal static class ColumnMajorProduct
{
    public static void Multiply<T>(string operation, T alpha, ColumnMajor<T> a, ColumnMajor<T> b, T beta, T[] c)
        where T : unmanaged, INumberBase<T>
    {
        ThrowIfUnfit(operation, a, b, c);
        if (T.IsZero(alpha))
        {
            Scale(c, beta);
        }
        else if (alpha == T.One && T.IsZero(beta) && c != a.Values && c != b.Values)
        {
            Multiply(a, b, c);
        }
        else
        {
            var product = ArrayPool<T>.Shared.Rent(c.Length);
            Multiply(a, b, product.AsMemory(0, c.Length));
            Scale(c, beta);
            AddScaled(alpha, product, c);
            ArrayPool<T>.Shared.Return(product);
        }
    }

    // Columns of C are rows in memory: what is computed is Cᵀ = Bᵀ·Aᵀ in row-major order, so that nothing is copied.
    private static void Multiply<T>(ColumnMajor<T> a, ColumnMajor<T> b, Memory<T> c)
        where T : unmanaged, INumberBase<T> =>
        Gemm.Multiply(b.ByColumns, a.ByRows, default, c, b.Columns, a.Columns, a.Rows);

    // As in BLAS, β = 0 forgets C whatever was in it: 0·NaN would not.
    private static void Scale<T>(Span<T> c, T beta)
        where T : unmanaged, INumberBase<T>
    {
        if (T.IsZero(beta))
        {
            c.Clear();
            return;
        }

        foreach (ref var value in c)
        {
            value *= beta;
        }
    }

    private static void AddScaled<T>(T alpha, ReadOnlySpan<T> product, Span<T> c)
        where T : unmanaged, INumberBase<T>
    {
        for (var i = 0; i < c.Length; i++)
        {
            c[i] += alpha * product[i];
        }
    }

    private static void ThrowIfUnfit<T>(string operation, ColumnMajor<T> a, ColumnMajor<T> b, T[] c)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(a.Values, nameof(a));
        ArgumentNullException.ThrowIfNull(b.Values, nameof(b));
        ArgumentNullException.ThrowIfNull(c);
        if (a.Columns != b.Rows)
        {
            throw new ArgumentException($"{operation}: {a} times {b}: the left matrix needs as many columns as the right one has rows.");
        }

        ThrowIfOtherLength(operation, "the left matrix", a, a.Values.Length, a.Count);
        ThrowIfOtherLength(operation, "the right matrix", b, b.Values.Length, b.Count);
        ThrowIfOtherLength(operation, "the result", $"{a.Rows} × {b.Columns}", c.Length, (long)a.Rows * b.Columns);
    }

    private static void ThrowIfOtherLength(string operation, string what, object sizes, int length, long expected)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{operation}: {what}, {sizes}, needs an array of {expected} values, got {length}.");
        }
    }
}

/// <summary>A matrix as MathNet keeps it, column after column, and whether it is meant transposed.</summary>
internal readonly record struct ColumnMajor<T>(T[] Values, int StoredRows, int StoredColumns, bool IsTransposed)
    where T : struct
{
    public int Rows => IsTransposed ? StoredColumns : StoredRows;

    public int Columns => IsTransposed ? StoredRows : StoredColumns;

    public long Count => (long)StoredRows * StoredColumns;

    /// <summary>As the left side: its rows are the lines.</summary>
    public MatrixOperand<T> ByRows => new(Values, StoredRows, runsAlongK: IsTransposed);

    /// <summary>As the right side: its columns are the lines.</summary>
    public MatrixOperand<T> ByColumns => new(Values, StoredRows, runsAlongK: !IsTransposed);

    public override string ToString() => $"{Rows} × {Columns}";
}
