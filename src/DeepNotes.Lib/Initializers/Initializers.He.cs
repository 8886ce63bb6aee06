namespace DeepNotes;

public static partial class Initializers
{
    /// <summary>
    /// N(0, 2/fanIn): ReLU halves the second moment, the 2 gives it back (He, Zhang, Ren and Sun 2015, "Delving deep into
    /// rectifiers").
    /// </summary>
    public static float[] HeNormal(Shape shape, Generator generator) => HeNormal(0)(shape, generator);

    /// <summary>N(0, 2/((1 + a²)·fanIn)), a the slope below 0 of leaky ReLU or PReLU (He et al. 2015).</summary>
    public static Initializer HeNormal(float negativeSlope) => AfterRectifier(nameof(HeNormal), negativeSlope, Normal, 2, fans => fans.In);

    /// <summary>N(0, 2/fanOut): as <see cref="HeNormal(Shape, Generator)"/>, for gradients on their way back.</summary>
    public static float[] HeNormalFanOut(Shape shape, Generator generator) => HeNormalFanOut(0)(shape, generator);

    /// <summary>N(0, 2/((1 + a²)·fanOut)).</summary>
    public static Initializer HeNormalFanOut(float negativeSlope) =>
        AfterRectifier(nameof(HeNormalFanOut), negativeSlope, Normal, 2, fans => fans.Out);

    /// <summary>U(±√(6/fanIn)): the variance of <see cref="HeNormal(Shape, Generator)"/>.</summary>
    public static float[] HeUniform(Shape shape, Generator generator) => HeUniform(0)(shape, generator);

    /// <summary>U(±√(6/((1 + a²)·fanIn))).</summary>
    public static Initializer HeUniform(float negativeSlope) => AfterRectifier(nameof(HeUniform), negativeSlope, Uniform, 6, fans => fans.In);

    /// <summary>U(±√(6/fanOut)): the variance of <see cref="HeNormalFanOut(Shape, Generator)"/>.</summary>
    public static float[] HeUniformFanOut(Shape shape, Generator generator) => HeUniformFanOut(0)(shape, generator);

    /// <summary>U(±√(6/((1 + a²)·fanOut))).</summary>
    public static Initializer HeUniformFanOut(float negativeSlope) =>
        AfterRectifier(nameof(HeUniformFanOut), negativeSlope, Uniform, 6, fans => fans.Out);

    // Draws at the scale √(c/((1 + a²)·fan)).
    private static Initializer AfterRectifier(
        string operation, float negativeSlope, Func<Shape, Generator, float, float[]> draw, float c, Func<Fans, long> fan)
    {
        Check.Finite(negativeSlope, operation);
        return (shape, generator) =>
            draw(shape, generator, MathF.Sqrt(c / ((1 + negativeSlope * negativeSlope) * fan(Fans.Of(shape, operation)))));
    }
}
