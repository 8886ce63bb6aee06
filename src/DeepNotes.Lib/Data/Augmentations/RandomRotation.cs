namespace DeepNotes;

/// <summary>Rotates an image about its centre by an angle, uniform in -maximum … maximum.</summary>
/// <param name="maximumDegrees">The largest angle in degrees, from 0 to 180.</param>
/// <exception cref="ArgumentOutOfRangeException">The angle is outside 0 … 180.</exception>
public sealed class RandomRotation(double maximumDegrees) : ImageAugmentation
{
    private readonly double _maximum =
        Checked(nameof(RandomRotation), nameof(maximumDegrees), maximumDegrees, 0, 180) * Math.PI / 180;

    private protected override void Change(Image image, Generator generator)
    {
        var (sine, cosine) = Math.SinCos(_maximum * (2 * generator.NextDouble() - 1));
        var (centreX, centreY) = ((image.Width - 1) / 2.0, (image.Height - 1) / 2.0);
        image.Warp((x, y) =>
        {
            var (dx, dy) = (x - centreX, y - centreY);
            return (centreX + cosine * dx + sine * dy, centreY - sine * dx + cosine * dy);
        });
    }
}
