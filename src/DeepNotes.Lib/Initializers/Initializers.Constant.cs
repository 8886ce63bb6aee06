namespace DeepNotes;

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

    private static float[] Filled(Shape shape, float value)
    {
        var values = new float[shape.Elements];
        Array.Fill(values, value);
        return values;
    }
}
