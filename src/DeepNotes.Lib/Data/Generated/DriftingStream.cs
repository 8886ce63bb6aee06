namespace DeepNotes;

/// <summary>Streams with concept drift: the rule for the class changes over time, which is the order of the samples.</summary>
public static class DriftingStream
{
    private static readonly double[] SeaThresholds = [8, 9, 7, 9.5];

    /// <summary>
    /// Gradual drift: a line through the origin that rotates with time, class 1 where <c>x₁ cos φ + x₂ sin φ > 0</c> with
    /// φ = 2π · turns · n / N (a rotating hyperplane, Hulten, Spencer, Domingos 2001, "Mining time-changing data streams").
    /// Inputs [N, 2], uniform from -1 to 1.
    /// </summary>
    /// <param name="count">Samples, N.</param>
    /// <param name="turns">The number of full turns in total.</param>
    /// <param name="noise">The probability of a wrong label, from 0 to 0.5.</param>
    /// <param name="seed">The same seed gives the same stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 sample, or a noise outside 0 … 0.5.</exception>
    public static Dataset Rotating(int count = 2000, double turns = 0.5, double noise = 0.05, ulong seed = 0) =>
        Create("rotating line", count, 2, -1, 1, noise, seed, (x, part) =>
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * turns * part);
            return x[0] * cosine + x[1] * sine > 0;
        });

    /// <summary>
    /// Sudden drift: class 1 where x₁ + x₂ ≤ θ, and θ is 8, 9, 7 and 9.5, each for a quarter of the stream; x₃ is irrelevant
    /// (the SEA concepts, Street, Kim 2001, "A streaming ensemble algorithm"). Inputs [N, 3], uniform from 0 to 10.
    /// </summary>
    /// <param name="count">Samples, N.</param>
    /// <param name="noise">The probability of a wrong label, from 0 to 0.5.</param>
    /// <param name="seed">The same seed gives the same stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 sample, or a noise outside 0 … 0.5.</exception>
    public static Dataset Sea(int count = 2000, double noise = 0.1, ulong seed = 0) =>
        Create("SEA", count, 3, 0, 10, noise, seed, (x, part) => x[0] + x[1] <= SeaThresholds[(int)(4 * part)]);

    /// <summary>The rule is a function of the inputs and of the time n / N, in [0, 1).</summary>
    private static Dataset Create(
        string name, int count, int width, float low, float high, double noise, ulong seed, Func<float[], double, bool> isOne)
    {
        Check.AtLeast(1, count, $"Stream '{name}'");
        if (!(noise is >= 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(noise), $"Stream '{name}': expected a noise from 0 to 0.5, got {noise}.");
        }

        var generator = new Generator(seed);
        var (inputs, labels) = (new List<float>(), new int[count]);
        for (var i = 0; i < count; i++)
        {
            var x = generator.Uniforms(width, low, high);
            inputs.AddRange(x);
            labels[i] = isOne(x, (double)i / count) != generator.NextDouble() < noise ? 1 : 0;
        }

        return new Dataset(new SampleRows([.. inputs], [count, width]), labels, ["0", "1"], name, $"generated, seed {seed}");
    }
}
