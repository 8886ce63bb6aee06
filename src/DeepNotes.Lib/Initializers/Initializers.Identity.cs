namespace DeepNotes;

public static partial class Initializers
{
    /// <summary>
    /// The layer that returns its input: w[i, i] = 1 for a matrix [outputs, inputs], and at the kernel's centre, ⌊K/2⌋, for
    /// a convolution (Dirac's delta), 0 elsewhere. Inputs beyond the outputs are lost, outputs beyond the inputs are 0.
    /// Recurrent weights of ReLU networks begin so (Le, Jaitly and Hinton 2015).
    /// </summary>
    public static float[] Identity(Shape shape, Generator generator) => Identity(groups: 1)(shape, generator);

    /// <summary>As <see cref="Identity(Shape, Generator)"/>, in each group of a convolution [F, C/G, KH, KW] of G groups.</summary>
    public static Initializer Identity(int groups)
    {
        Check.AtLeast(1, groups, nameof(Identity));
        return (shape, _) =>
        {
            if (shape.Count < 2 || shape[0] % groups != 0)
            {
                var divisible = groups == 1 ? "" : $" with outputs divisible by {groups} groups";
                throw new ShapeException($"{nameof(Identity)}: expected a weight [outputs, inputs, …]{divisible}, got {shape}.");
            }

            return Diracs(shape, shape[0] / groups);
        };
    }

    private static float[] Diracs(Shape shape, int outputsPerGroup)
    {
        var values = new float[shape.Elements];
        if (values.Length == 0)
        {
            return values;
        }

        var area = values.Length / (shape[0] * shape[1]);
        var centre = shape.Skip(2).Aggregate(0, (position, length) => position * length + length / 2);
        for (var output = 0; output < shape[0]; output++)
        {
            var input = output % outputsPerGroup;
            if (input < shape[1])
            {
                values[(output * shape[1] + input) * area + centre] = 1;
            }
        }

        return values;
    }
}
