namespace DeepNotes;

/// <summary>Draws the first values of a parameter of this shape, row-major.</summary>
public delegate float[] Initializer(Shape shape, Generator generator);

/// <summary>
/// How weights begin. A weight is [outputs, inputs, …]: fan-in is inputs times what follows (a kernel's area), fan-out
/// is outputs times that.
/// </summary>
public static class Initializers
{
    /// <summary>All 0.</summary>
    public static float[] Zeros(Shape shape, Generator generator) => new float[shape.Elements];

    /// <summary>All 1.</summary>
    public static float[] Ones(Shape shape, Generator generator) => [.. Enumerable.Repeat(1f, shape.Elements)];

    /// <summary>U(±1/√fanIn), what PyTorch gives a linear layer.</summary>
    public static float[] FanIn(Shape shape, Generator generator) => Uniform(shape, generator, 1 / MathF.Sqrt(Fans(shape).In));

    /// <summary>U(±√(6/(fanIn + fanOut))): variance 2/(fanIn + fanOut), kept forward and backward (Glorot and Bengio 2010).</summary>
    public static float[] XavierUniform(Shape shape, Generator generator) =>
        Uniform(shape, generator, MathF.Sqrt(6f / (Fans(shape).In + Fans(shape).Out)));

    /// <summary>N(0, 2/(fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    public static float[] XavierNormal(Shape shape, Generator generator) =>
        Normal(shape, generator, MathF.Sqrt(2f / (Fans(shape).In + Fans(shape).Out)));

    /// <summary>N(0, 2/fanIn): ReLU halves the second moment, the 2 gives it back (He et al. 2015).</summary>
    public static float[] HeNormal(Shape shape, Generator generator) => Normal(shape, generator, MathF.Sqrt(2f / Fans(shape).In));

    /// <summary>N(0, 2/fanOut): as <see cref="HeNormal"/>, for gradients on their way back (He et al. 2015).</summary>
    public static float[] HeNormalFanOut(Shape shape, Generator generator) => Normal(shape, generator, MathF.Sqrt(2f / Fans(shape).Out));

    /// <summary>U(±bound).</summary>
    public static Initializer UniformWithin(float bound) => (shape, generator) => Uniform(shape, generator, bound);

    /// <summary>N(0, deviation²).</summary>
    public static Initializer NormalWith(float deviation) => (shape, generator) => Normal(shape, generator, deviation);

    private static (int In, int Out) Fans(Shape shape)
    {
        if (shape.Count < 2)
        {
            throw new ShapeException($"Initializer: fan-in and fan-out need a weight [outputs, inputs, …], got {shape}.");
        }

        var area = shape.Skip(2).Aggregate(1, (product, length) => product * length);
        return (shape[1] * area, shape[0] * area);
    }

    private static float[] Uniform(Shape shape, Generator generator, float bound) => generator.Uniforms(shape.Elements, -bound, bound);

    private static float[] Normal(Shape shape, Generator generator, float deviation) => generator.Normals(shape.Elements, 0, deviation);
}
