namespace DeepNotes;

public static partial class Initializers
{
    /// <summary>
    /// N(0, 2/(fanIn + fanOut)): between 1/fanIn, which keeps the variance forward, and 1/fanOut, which keeps it backward
    /// (Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks").
    /// </summary>
    public static float[] XavierNormal(Shape shape, Generator generator) => XavierNormal(1)(shape, generator);

    /// <summary>N(0, 2g²/(fanIn + fanOut)); g of the activation is in <see cref="Gain"/>.</summary>
    public static Initializer XavierNormal(float gain)
    {
        Check.NotNegative(gain, nameof(XavierNormal));
        return (shape, generator) =>
        {
            var fans = Fans.Of(shape, nameof(XavierNormal));
            return Normal(shape, generator, gain * MathF.Sqrt(2f / (fans.In + fans.Out)));
        };
    }

    /// <summary>U(±√(6/(fanIn + fanOut))): the variance of <see cref="XavierNormal(Shape, Generator)"/>.</summary>
    public static float[] XavierUniform(Shape shape, Generator generator) => XavierUniform(1)(shape, generator);

    /// <summary>U(±g√(6/(fanIn + fanOut))); g of the activation is in <see cref="Gain"/>.</summary>
    public static Initializer XavierUniform(float gain)
    {
        Check.NotNegative(gain, nameof(XavierUniform));
        return (shape, generator) =>
        {
            var fans = Fans.Of(shape, nameof(XavierUniform));
            return Uniform(shape, generator, gain * MathF.Sqrt(6f / (fans.In + fans.Out)));
        };
    }
}
