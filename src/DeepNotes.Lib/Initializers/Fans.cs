namespace DeepNotes;

/// <summary>
/// How many values an output adds up, and how many outputs a value goes to: what the variance of a sum, forward and
/// backward, grows with. A weight is [outputs, inputs, …]; a kernel's area multiplies both. The weight of a grouped
/// convolution, [F, C/G, KH, KW], counts the outputs of all groups, as in PyTorch.
/// </summary>
/// <param name="In">Fan-in: inputs times area.</param>
/// <param name="Out">Fan-out: outputs times area.</param>
public readonly record struct Fans(long In, long Out)
{
    /// <summary>The fans of a weight of this shape.</summary>
    /// <exception cref="ShapeException">Fewer than two axes.</exception>
    public static Fans Of(Shape shape) => Of(shape, nameof(Fans));

    internal static Fans Of(Shape shape, string operation)
    {
        if (shape.Count < 2)
        {
            throw new ShapeException($"{operation}: expected a weight [outputs, inputs, …], got {shape}.");
        }

        var area = shape.Skip(2).Aggregate(1L, (product, length) => product * length);
        return new(shape[1] * area, shape[0] * area);
    }
}
