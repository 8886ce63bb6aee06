namespace DeepNotes.Backends;

/// <summary>An operand of a matrix product.</summary>
/// <param name="Buffer">One matrix, or a batch of contiguous matrices.</param>
/// <param name="IsTransposed">Whether the stored matrix is the operand's transpose.</param>
/// <param name="IsBroadcast">Whether one matrix is used for all products of the batch.</param>
/// <param name="Start">The offset of the first matrix in the buffer.</param>
public readonly record struct MatrixView(DeviceBuffer Buffer, bool IsTransposed, bool IsBroadcast, int Start = 0);
