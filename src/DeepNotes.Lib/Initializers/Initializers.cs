namespace DeepNotes;

/// <summary>
/// How weights are initialized. Each name is an initializer; one with a setting is made by calling the name with it:
/// <c>new Linear(784, 256, initializer: Initializers.HeNormal)</c>, <c>Initializers.HeNormal(negativeSlope: 0.2f)</c>.
/// </summary>
/// <remarks>
/// Weights are [outputs, inputs, …]; see <see cref="Fans"/>. Settings out of range throw
/// <see cref="ArgumentOutOfRangeException"/>, shapes that do not fit <see cref="ShapeException"/>; both name the initializer.
/// </remarks>
public static partial class Initializers
{
    private static float[] Normal(Shape shape, Generator generator, float deviation) => generator.Normals(shape.Elements, 0, deviation);

    private static float[] Uniform(Shape shape, Generator generator, float bound) => generator.Uniforms(shape.Elements, -bound, bound);
}

/// <summary>Draws the first values of a parameter of this shape, row-major.</summary>
public delegate float[] Initializer(Shape shape, Generator generator);
