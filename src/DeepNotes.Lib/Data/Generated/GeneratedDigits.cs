using System.Globalization;

namespace DeepNotes;

/// <summary>
/// Synthetic handwritten digits drawn from strokes, a substitute for MNIST with the same shapes, range and ten classes.
/// </summary>
/// <remarks>
/// Each digit has a few styles (a 7 with and without a bar, an open and a closed 4); jitter, distortion, slant, rotation,
/// proportions and pen width vary. The bytes depend on the seed alone, not on the machine.
/// </remarks>
public static class GeneratedDigits
{
    private const double PenRadius = 1.3;
    private const double PenSpread = 0.36;
    private const double ThinnestPen = 0.55;
    private const double ThickestPen = 2.6;
    private const double PressureSpread = 0.12;

    /// <summary>Digits of all ten classes in random order: inputs [N, 1, 28, 28] in [0, 1], labels 0 to 9.</summary>
    /// <param name="count">The number of images, N.</param>
    /// <param name="seed">The same seed gives the same images, and a smaller count the first of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
    public static Dataset Create(int count, ulong seed = 0)
    {
        Check.AtLeast(0, count, "GeneratedDigits.Create");
        var (pixels, labels) = Draw(count, seed);
        var origin = string.Create(CultureInfo.InvariantCulture, $"generated digits ({count:N0}, seed {seed})");
        return DigitImages.ToDataset(pixels, labels, "digits", origin);
    }

    /// <summary>The images as bytes [N, 28, 28], from 0 for paper to 255 for ink, and the labels.</summary>
    internal static (byte[] Pixels, int[] Labels) Draw(int count, ulong seed)
    {
        const int size = DigitCanvas.Side * DigitCanvas.Side;
        var generator = new Generator(seed);
        var canvas = new DigitCanvas();
        var pixels = new byte[checked(count * size)];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = generator.Next(10);
            DrawOne(labels[i], generator, canvas, pixels.AsSpan(i * size, size));
        }

        return (pixels, labels);
    }

    private static void DrawOne(int digit, Generator generator, DigitCanvas canvas, Span<byte> image)
    {
        var path = PenPath.Write(DigitStyles.Choose(digit, generator), generator);
        var radius = Math.Clamp(PenRadius + PenSpread * PenPath.ApproximateNormal(generator), ThinnestPen, ThickestPen);
        var (start, middle, end) = (Pressure(generator), Pressure(generator), Pressure(generator));
        double RadiusAt(double t) =>
            radius * (t < 0.5 ? start + 2 * t * (middle - start) : middle + (2 * t - 1) * (end - middle));
        canvas.Draw(path, 0.94 + 0.08 * generator.NextDouble(), RadiusAt, image);
    }

    private static double Pressure(Generator generator) => 1 + PressureSpread * PenPath.ApproximateNormal(generator);
}
