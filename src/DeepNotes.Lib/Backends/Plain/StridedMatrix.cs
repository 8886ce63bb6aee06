namespace DeepNotes.Backends.Plain;

/// <summary>One matrix [rows, columns] of an operand, stored as it is or the other way: transposing swaps the strides.</summary>
internal readonly struct StridedMatrix
{
    private readonly float[] _values;
    private readonly int _start;
    private readonly int _rowStride;
    private readonly int _columnStride;

    public StridedMatrix(MatrixView factor, int product, int rows, int columns)
    {
        _values = PlainBuffer.Of(factor.Buffer);
        _start = factor.Start + (factor.IsBroadcast ? 0 : product * rows * columns);
        (_rowStride, _columnStride) = factor.IsTransposed ? (1, rows) : (columns, 1);
    }

    public float this[int i, int j] => _values[_start + i * _rowStride + j * _columnStride];
}
