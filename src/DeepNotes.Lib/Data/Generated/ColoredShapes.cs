using System.Globalization;

namespace DeepNotes;

/// <summary>
/// Coloured shapes on coloured backgrounds, 32 × 32, anti-aliased: ten classes that differ in shape alone. Position, size,
/// angle, hues and a little noise vary, so that colour carries no information. A substitute for <see cref="Cifar10"/>.
/// </summary>
public static class ColoredShapes
{
    private const int Side = CifarRecords.Side;

    /// <summary>Images of all ten classes in random order: inputs [N, 3, 32, 32] in [0, 1], labels 0 to 9.</summary>
    /// <param name="count">The number of images, N.</param>
    /// <param name="seed">The same seed gives the same images, and a smaller count the first of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
    public static Dataset Create(int count, ulong seed = 0)
    {
        Check.AtLeast(0, count, "ColoredShapes.Create");
        var generator = new Generator(seed);
        var records = new CifarRecords(count);
        Span<byte> pixels = stackalloc byte[3 * Side * Side];
        for (var i = 0; i < count; i++)
        {
            var label = generator.Next(ShapeDistances.All.Length);
            Draw(ShapeDistances.All[label].Distance, generator, pixels);
            records.Append(label, pixels);
        }

        var origin = string.Create(CultureInfo.InvariantCulture, $"generated shapes ({count:N0}, seed {seed})");
        return records.ToDataset([.. ShapeDistances.All.Select(shape => shape.Name)], "coloured shapes", origin);
    }

    private static void Draw(Func<double, double, double> distance, Generator generator, Span<byte> pixels)
    {
        var radius = Between(generator, 7, 12);
        var (centreX, centreY) = (Between(generator, radius - 2, Side + 2 - radius), Between(generator, radius - 2, Side + 2 - radius));
        var (sine, cosine) = Math.SinCos(Between(generator, 0, 2 * Math.PI));
        var ink = Color(generator.NextDouble(), Between(generator, 0.5, 1), Between(generator, 0.7, 1));
        var ground = Color(generator.NextDouble(), Between(generator, 0.2, 0.8), Between(generator, 0.1, 0.45));
        for (var i = 0; i < Side * Side; i++)
        {
            var (dx, dy) = ((i % Side + 0.5 - centreX) / radius, (i / Side + 0.5 - centreY) / radius);
            var pixelsFromEdge = radius * distance(cosine * dx + sine * dy, cosine * dy - sine * dx);
            var cover = Math.Clamp(0.5 - pixelsFromEdge, 0, 1);
            for (var channel = 0; channel < 3; channel++)
            {
                var value = cover * ink[channel] + (1 - cover) * ground[channel] + Between(generator, -0.04, 0.04);
                pixels[channel * Side * Side + i] = (byte)(255 * Math.Clamp(value, 0, 1) + 0.5);
            }
        }
    }

    private static double Between(Generator generator, double low, double high) => low + (high - low) * generator.NextDouble();

    /// <summary>Converts HSV, with the hue in 0 … 1, to RGB.</summary>
    private static double[] Color(double hue, double saturation, double value)
    {
        double Channel(double offset) =>
            value * (1 - saturation * Math.Clamp(2 - Math.Abs((6 * hue + offset) % 6 - 2), 0, 1));
        return [Channel(5), Channel(3), Channel(1)];
    }
}
