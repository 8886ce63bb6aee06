namespace DeepNotes.Tests.Support;

public static class Shapes
{
    /// <summary>What an elementwise operation takes: a scalar, no samples, no features, and as many axes as images have.</summary>
    public static IReadOnlyList<Shape> Any { get; } = [[2, 3], [], [0, 4], [3, 0], [2, 3, 5, 7]];
}
