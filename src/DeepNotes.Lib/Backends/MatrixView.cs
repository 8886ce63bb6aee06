namespace DeepNotes.Backends;

/// <summary>An operand of a matrix product.</summary>
/// <param name="Buffer">One matrix, or one behind the other.</param>
/// <param name="IsTransposed">Whether the matrix is stored the other way.</param>
/// <param name="IsBroadcast">Whether there is one matrix for all products.</param>
/// <param name="Start">Where in the buffer the first matrix begins.</param>
public readonly record struct MatrixView(DeviceBuffer Buffer, bool IsTransposed, bool IsBroadcast, int Start = 0);
