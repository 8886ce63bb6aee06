namespace DeepNotes;

/// <summary>Scales an image about its centre by a factor uniform in [from, to); above 1 enlarges it.</summary>
/// <param name="from">The smallest factor, at least 0.01.</param>
/// <param name="to">The largest factor.</param>
/// <exception cref="ArgumentOutOfRangeException">Factors below 0.01, or in the wrong order.</exception>
public sealed class RandomScale(double from, double to) : ImageAugmentation
{
    private const double SmallestFactor = 0.01;

    private readonly double _from = Checked(nameof(RandomScale), nameof(from), from, SmallestFactor);
    private readonly double _to = Checked(nameof(RandomScale), nameof(to), to, from);

    private protected override void Change(Image image, Generator generator)
    {
        var factor = _from + (_to - _from) * generator.NextDouble();
        var (centreX, centreY) = ((image.Width - 1) / 2.0, (image.Height - 1) / 2.0);
        image.Warp((x, y) => (centreX + (x - centreX) / factor, centreY + (y - centreY) / factor));
    }
}
