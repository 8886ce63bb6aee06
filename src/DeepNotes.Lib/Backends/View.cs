namespace DeepNotes.Backends;

/// <summary>
/// A strided view of a buffer: element <c>(i₀, i₁, …)</c> is at <c>Offset + Σ iₖ·Strides[k]</c>. A stride of 0 repeats,
/// swapped strides transpose, an offset slices.
/// </summary>
/// <param name="Offset">The index of element (0, 0, …).</param>
/// <param name="Lengths">The lengths of the axes.</param>
/// <param name="Strides">The step of each axis, in elements.</param>
public readonly record struct View(int Offset, int[] Lengths, int[] Strides);
