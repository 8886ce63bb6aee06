namespace DeepNotes;

/// <summary>Shapes that do not fit; the message names the operation, what was expected and what came.</summary>
public sealed class ShapeException(string message) : ArgumentException(message);
