namespace DeepNotes;

/// <summary>Draws the first values of a parameter of this shape, row-major.</summary>
public delegate float[] Initializer(Shape shape, Generator generator);
