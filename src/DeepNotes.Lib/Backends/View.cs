namespace DeepNotes.Backends;

/// <summary>
/// A walk over a buffer: element <c>(i₀, i₁, …)</c> is at <c>Offset + Σ iₖ·Strides[k]</c>. A stride of 0 repeats,
/// swapped strides transpose, an offset slices.
/// </summary>
/// <param name="Offset">Where element (0, 0, …) is.</param>
/// <param name="Lengths">The lengths of the axes walked.</param>
/// <param name="Strides">The step of each axis, in elements.</param>
public readonly record struct View(int Offset, int[] Lengths, int[] Strides);
