namespace DeepNotes;

/// <summary>One layer's line in a <see cref="NetworkSummary"/>.</summary>
/// <param name="Path">Where it is: <c>Layer1.0.Conv1</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Output">The shape that it gives.</param>
/// <param name="Parameters">Its trained values.</param>
/// <param name="MultiplyAccumulates">Of its matrix products; a FLOP count is twice that.</param>
/// <param name="Activations">Values that it makes; 0 where it hands its input on, and for an activation function, which can take its input's place.</param>
/// <param name="Field">What one of its values sees of the image; null where it sees all of it, or there is no image.</param>
public sealed record LayerSummary(
    string Path, Layer Layer, Shape Output, long Parameters, long MultiplyAccumulates, long Activations, ReceptiveField? Field);
