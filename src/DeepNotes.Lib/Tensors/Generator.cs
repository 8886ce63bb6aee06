namespace DeepNotes;

/// <summary>
/// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable
/// pseudorandom number generators"). Its whole state is one number, so a checkpoint can save it.
/// </summary>
public sealed class Generator(ulong seed)
{
    /// <summary>The state; setting it continues from there.</summary>
    public ulong State { get; set; } = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        State += 0x9E3779B97F4A7C15;
        var z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1), 53 random bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), 24 random bits.</summary>
    public float NextSingle() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in 0 … <paramref name="exclusiveMaximum"/> - 1.</summary>
    public int Next(int exclusiveMaximum)
    {
        Check.AtLeast(1, exclusiveMaximum, "Generator.Next");
        return (int)Math.BigMul(NextBits() >> 32 << 32, (ulong)exclusiveMaximum, out _);
    }

    /// <summary>
    /// Normal with mean 0 and variance 1: <c>√(-2 ln u) · cos(2πv)</c> (Box and Muller 1958). One value per pair of
    /// uniforms, so that nothing but <see cref="State"/> is remembered.
    /// </summary>
    public float NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return (float)(radius * Math.Cos(2 * Math.PI * NextDouble()));
    }

    /// <summary>Independent normal values.</summary>
    public float[] Normals(int count, float mean = 0, float deviation = 1) => Draw(count, () => mean + deviation * NextNormal());

    /// <summary>Independent values, uniform in [low, high).</summary>
    public float[] Uniforms(int count, float low, float high) => Draw(count, () => low + (high - low) * NextSingle());

    /// <summary>The numbers 0 … n-1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int n)
    {
        var order = Enumerable.Range(0, Check.AtLeast(0, n, "Generator.Permutation")).ToArray();
        for (var i = n - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static float[] Draw(int count, Func<float> next)
    {
        var values = new float[Check.AtLeast(0, count, "Generator")];
        for (var i = 0; i < count; i++)
        {
            values[i] = next();
        }

        return values;
    }
}
