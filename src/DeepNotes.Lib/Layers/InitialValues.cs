namespace DeepNotes;

/// <summary>
/// The implementation of every layer's <c>From</c>: the layer's sizes follow from the given tensors, which are in the order of its
/// parameters, and its parameters begin as copies of them, so that training does not change the originals.
/// </summary>
internal static class InitialValues
{
    /// <summary>A module whose parameters begin with these values, in the order of declaration; null where it has no such parameter.</summary>
    /// <exception cref="ShapeException">Values of another shape than their parameter; names both.</exception>
    public static T Holding<T>(this T module, params Tensor?[] values)
        where T : Module
    {
        foreach (var ((name, parameter), value) in module.NamedParameters.Zip(values.OfType<Tensor>()))
        {
            parameter.Initialize(ShapedAs(parameter.Shape, value, $"{typeof(T).Name}.From", name));
        }

        return module;
    }

    /// <summary>The values, which have this shape.</summary>
    public static Tensor ShapedAs(Shape expected, Tensor value, string operation, string name) => value.Shape == expected
        ? value
        : throw new ShapeException($"{operation}: expected {name} {expected}, got {value.Shape}.");

    /// <summary>The shape of the tensor from which the sizes follow, whose axes are these.</summary>
    public static Shape ShapeOf(Tensor value, string operation, string expected) => value.Shape.Count == expected.Split(", ").Length
        ? value.Shape
        : throw new ShapeException($"{operation}: expected {expected}, got {value.Shape}.");
}
