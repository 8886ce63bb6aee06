namespace DeepNotes;

/// <summary>
/// How weights are initialised. Each name is an initializer; one with a setting is made by calling the name with it:
/// <c>new Linear(784, 256, initializer: Initializers.HeNormal)</c>, <c>Initializers.HeNormal(negativeSlope: 0.2f)</c>.
/// </summary>
/// <remarks>
/// Weights are [outputs, inputs, …]; see <see cref="Fans"/>. Settings out of range throw
/// <see cref="ArgumentOutOfRangeException"/>, shapes that do not fit <see cref="ShapeException"/>; both name the initializer.
/// </remarks>
public static partial class Initializers
{
    /// <summary>All 0: for biases. Weights that begin equal stay equal.</summary>
    public static float[] Zeros(Shape shape, Generator generator) => new float[shape.Elements];

    /// <summary>All 1.</summary>
    public static float[] Ones(Shape shape, Generator generator) => Filled(shape, 1);

    /// <summary>One value everywhere.</summary>
    public static Initializer Constant(float value)
    {
        Check.Finite(value, nameof(Constant));
        return (shape, _) => Filled(shape, value);
    }

    private static float[] Normal(Shape shape, Generator generator, float deviation) => generator.Normals(shape.Elements, 0, deviation);

    private static float[] Uniform(Shape shape, Generator generator, float bound) => generator.Uniforms(shape.Elements, -bound, bound);

    private static float[] Filled(Shape shape, float value)
    {
        var values = new float[shape.Elements];
        Array.Fill(values, value);
        return values;
    }
}

/// <summary>Draws the initial values of a parameter of this shape, row-major.</summary>
public delegate float[] Initializer(Shape shape, Generator generator);
