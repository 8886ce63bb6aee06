using DeepNotes.Backends.Cpu;

namespace DeepNotes;

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
