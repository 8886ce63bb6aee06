namespace DeepNotes;

public static partial class Initializers
{
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
