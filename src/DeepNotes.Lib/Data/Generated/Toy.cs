namespace DeepNotes;

/// <summary>Small synthetic data sets: points in the plane with classes, and curves with noise.</summary>
/// <remarks>The classes alternate, so that any first n samples are balanced.</remarks>
public static class Toy
{
    /// <summary>
    /// Spiral arms around the origin: <c>r (cos φ, sin φ)</c> with <c>φ = 2π (k / arms + turns · r)</c>, r from 0.05
    /// to 1. Inputs [N, 2].
    /// </summary>
    /// <param name="count">Samples, N.</param>
    /// <param name="arms">Classes: one for each arm.</param>
    /// <param name="noise">Standard deviation of the normal noise on both coordinates.</param>
    /// <param name="turns">The number of turns of an arm around the origin.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static Dataset Spirals(
        int count = 600, int arms = 3, float noise = 0.03f, double turns = 0.75, ulong seed = 0) =>
        Plane("spirals", count, arms, noise, seed, (arm, part) =>
        {
            var radius = 0.05 + 0.95 * part;
            var (sine, cosine) = Math.SinCos(2 * Math.PI * ((double)arm / arms + turns * radius));
            return (radius * cosine, radius * sine);
        });

    /// <summary>Two interleaving half circles of radius 1. Inputs [N, 2].</summary>
    /// <param name="count">Samples, N.</param>
    /// <param name="noise">Standard deviation of the normal noise on both coordinates.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static Dataset Moons(int count = 400, float noise = 0.1f, ulong seed = 0) =>
        Plane("moons", count, 2, noise, seed, (moon, part) =>
        {
            var (sine, cosine) = Math.SinCos(Math.PI * part);
            return moon == 0 ? (cosine, sine) : (1 - cosine, 0.5 - sine);
        });

    /// <summary>Gaussian clusters with centres evenly spaced on a circle of radius 2. Inputs [N, 2].</summary>
    /// <param name="count">Samples, N.</param>
    /// <param name="centres">Classes: one for each cluster.</param>
    /// <param name="noise">Standard deviation of a cluster.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static Dataset Blobs(int count = 400, int centres = 3, float noise = 0.5f, ulong seed = 0) =>
        Plane("blobs", count, centres, noise, seed, (centre, _) =>
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * centre / centres);
            return (2 * cosine, 2 * sine);
        });

    /// <summary>
    /// Exclusive or: Gaussian clusters at (±1, ±1), class 1 where the signs differ. The classes are not linearly separable. Inputs [N, 2].
    /// </summary>
    /// <param name="count">Samples, N; 4 samples without noise are the truth table.</param>
    /// <param name="noise">Standard deviation of a cluster.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static Dataset Xor(int count = 400, float noise = 0.25f, ulong seed = 0) =>
        Plane(
            "xor",
            count,
            4,
            noise,
            seed,
            (corner, _) => (corner < 2 ? -1 : 1, corner % 2 == 0 ? -1 : 1),
            corner => corner is 1 or 2 ? 1 : 0);

    /// <summary><c>y = sin x</c> for x from -π to π. Inputs and targets [N, 1].</summary>
    /// <inheritdoc cref="Curve"/>
    public static Dataset Sine(int count = 200, float noise = 0.1f, ulong seed = 0) =>
        Curve(Math.Sin, -Math.PI, Math.PI, count, noise, seed, "sine");

    /// <summary><c>y = 0</c> for x below 0 and 1 from there on, for x from -1 to 1. Inputs and targets [N, 1].</summary>
    /// <inheritdoc cref="Curve"/>
    public static Dataset Step(int count = 200, float noise = 0.05f, ulong seed = 0) =>
        Curve(x => x < 0 ? 0 : 1, -1, 1, count, noise, seed, "step");

    /// <summary><c>y = c₀ + c₁ x + c₂ x² + …</c> for x from -1 to 1. Inputs and targets [N, 1].</summary>
    /// <param name="coefficients">c₀, c₁, … from the constant upwards.</param>
    /// <param name="count">Samples, N, evenly spaced.</param>
    /// <param name="noise">Standard deviation of the normal noise on y.</param>
    /// <param name="seed">The same seed gives the same noise.</param>
    public static Dataset Polynomial(
        IReadOnlyList<double> coefficients, int count = 200, float noise = 0.05f, ulong seed = 0) =>
        Curve(x => coefficients.Reverse().Aggregate(0.0, (y, c) => y * x + c), -1, 1, count, noise, seed, "polynomial");

    /// <summary>A function with normal noise: <c>y = f(x) + noise</c>. Inputs and targets [N, 1].</summary>
    /// <param name="function">f.</param>
    /// <param name="from">The first x.</param>
    /// <param name="to">The last x.</param>
    /// <param name="count">Samples, N, evenly spaced.</param>
    /// <param name="noise">Standard deviation of the normal noise on y.</param>
    /// <param name="seed">The same seed gives the same noise.</param>
    /// <param name="name">The name of the data set.</param>
    public static Dataset Curve(
        Func<double, double> function,
        double from,
        double to,
        int count = 200,
        float noise = 0.1f,
        ulong seed = 0,
        string name = "curve")
    {
        CheckAmounts(name, count, noise);
        var generator = new Generator(seed);
        var (inputs, targets) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var x = from + (to - from) * Part(i, count);
            inputs[i] = (float)x;
            targets[i] = (float)(function(x) + noise * generator.NextNormal());
        }

        return new Dataset(new SampleRows(inputs, [count, 1]), new SampleRows(targets, [count, 1]), name, Origin(seed));
    }

    /// <summary>Alternating groups of points; the position of a sample within its group runs from 0 to 1. By default, a group is a class.</summary>
    private static Dataset Plane(
        string name,
        int count,
        int groups,
        float noise,
        ulong seed,
        Func<int, double, (double X, double Y)> place,
        Func<int, int>? classOf = null)
    {
        CheckAmounts(name, count, noise);
        Check.AtLeast(1, groups, name);
        var generator = new Generator(seed);
        var (inputs, labels) = (new float[2 * count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var group = i % groups;
            var (x, y) = place(group, Part(i / groups, (count - group + groups - 1) / groups));
            labels[i] = classOf?.Invoke(group) ?? group;
            inputs[2 * i] = (float)(x + noise * generator.NextNormal());
            inputs[2 * i + 1] = (float)(y + noise * generator.NextNormal());
        }

        return new Dataset(new SampleRows(inputs, [count, 2]), labels, null, name, Origin(seed));
    }

    private static double Part(int i, int count) => count > 1 ? (double)i / (count - 1) : 0;

    private static string Origin(ulong seed) => $"generated, seed {seed}";

    private static void CheckAmounts(string name, int count, float noise)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"Toy data '{name}': expected at least 1 sample, got {count}.");
        }

        if (!(noise >= 0 && float.IsFinite(noise)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(noise), $"Toy data '{name}': expected a noise from 0, got {noise}.");
        }
    }
}
