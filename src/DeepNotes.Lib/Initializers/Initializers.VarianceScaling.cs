namespace DeepNotes;

public static partial class Initializers
{
    /// <summary>
    /// N(0, 2/(fanIn + fanOut)): between 1/fanIn, which keeps the variance forward, and 1/fanOut, which keeps it backward
    /// (Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks").
    /// </summary>
    public static float[] XavierNormal(Shape shape, Generator generator) => XavierNormal(1)(shape, generator);

    /// <summary>N(0, 2g²/(fanIn + fanOut)); g of the activation is in <see cref="Gain"/>.</summary>
    public static Initializer XavierNormal(float gain) => BetweenFans(nameof(XavierNormal), gain, Normal, 2);

    /// <summary>U(±√(6/(fanIn + fanOut))): the variance of <see cref="XavierNormal(Shape, Generator)"/>.</summary>
    public static float[] XavierUniform(Shape shape, Generator generator) => XavierUniform(1)(shape, generator);

    /// <summary>U(±g√(6/(fanIn + fanOut))); g of the activation is in <see cref="Gain"/>.</summary>
    public static Initializer XavierUniform(float gain) => BetweenFans(nameof(XavierUniform), gain, Uniform, 6);

    /// <summary>
    /// N(0, 2/fanIn): ReLU halves the second moment, the 2 gives it back (He, Zhang, Ren and Sun 2015, "Delving deep into
    /// rectifiers").
    /// </summary>
    public static float[] HeNormal(Shape shape, Generator generator) => HeNormal(0)(shape, generator);

    /// <summary>N(0, 2/((1 + a²)·fanIn)), a the slope below 0 of leaky ReLU or PReLU (He et al. 2015).</summary>
    public static Initializer HeNormal(float negativeSlope) => AfterRectifier(nameof(HeNormal), negativeSlope, Normal, 2, fans => fans.In);

    /// <summary>N(0, 2/fanOut): as <see cref="HeNormal(Shape, Generator)"/>, for gradients in the backward pass.</summary>
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

    // Draws at the scale g√(c/(fanIn + fanOut)).
    private static Initializer BetweenFans(string operation, float gain, Func<Shape, Generator, float, float[]> draw, float c)
    {
        Check.NotNegative(gain, operation);
        return (shape, generator) =>
        {
            var fans = Fans.Of(shape, operation);
            return draw(shape, generator, gain * MathF.Sqrt(c / (fans.In + fans.Out)));
        };
    }

    // Draws at the scale √(c/((1 + a²)·fan)).
    private static Initializer AfterRectifier(
        string operation, float negativeSlope, Func<Shape, Generator, float, float[]> draw, float c, Func<Fans, long> fan)
    {
        Check.Finite(negativeSlope, operation);
        return (shape, generator) =>
            draw(shape, generator, MathF.Sqrt(c / ((1 + negativeSlope * negativeSlope) * fan(Fans.Of(shape, operation)))));
    }

    /// <summary>U(±1/√fanIn): variance 1/(3·fanIn), what PyTorch gives linear layers and convolutions.</summary>
    public static float[] FanIn(Shape shape, Generator generator) =>
        Uniform(shape, generator, 1 / MathF.Sqrt(Fans.Of(shape, nameof(FanIn)).In));

    /// <summary>
    /// N(0, 1/fanIn): a sum of fanIn values has their variance (LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp").
    /// Self-normalizing networks begin with it (Klambauer et al. 2017).
    /// </summary>
    public static float[] LeCunNormal(Shape shape, Generator generator) =>
        Normal(shape, generator, MathF.Sqrt(1f / Fans.Of(shape, nameof(LeCunNormal)).In));

    /// <summary>U(±√(3/fanIn)): the variance of <see cref="LeCunNormal"/>.</summary>
    public static float[] LeCunUniform(Shape shape, Generator generator) =>
        Uniform(shape, generator, MathF.Sqrt(3f / Fans.Of(shape, nameof(LeCunUniform)).In));
}
