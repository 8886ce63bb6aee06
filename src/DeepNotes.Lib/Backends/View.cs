namespace DeepNotes.Backends;

/// <summary>
/// A strided view of a buffer: element <c>(i₀, i₁, …)</c> is at <c>Offset + Σ iₖ·Strides[k]</c>. A stride of 0 repeats,
/// swapped strides transpose, an offset slices.
/// </summary>
/// <param name="Offset">The index of element (0, 0, …).</param>
/// <param name="Lengths">The lengths of the axes.</param>
/// <param name="Strides">The step of each axis, in elements.</param>
public readonly record struct View(int Offset, int[] Lengths, int[] Strides);

/// <summary>An operand of a matrix product.</summary>
/// <param name="Buffer">One matrix, or a batch of contiguous matrices.</param>
/// <param name="IsTransposed">Whether the stored matrix is the operand's transpose.</param>
/// <param name="IsBroadcast">Whether one matrix is used for all products of the batch.</param>
/// <param name="Start">The offset of the first matrix in the buffer.</param>
public readonly record struct MatrixView(DeviceBuffer Buffer, bool IsTransposed, bool IsBroadcast, int Start = 0);
