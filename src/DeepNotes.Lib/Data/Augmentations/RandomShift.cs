namespace DeepNotes;

/// <summary>Translates an image by whole pixels, each axis uniform in -maximum … maximum, repeating the edge.</summary>
/// <param name="maximum">The largest shift in pixels, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative maximum.</exception>
public sealed class RandomShift(int maximum) : ImageAugmentation
{
    private readonly int _maximum = (int)Checked(nameof(RandomShift), nameof(maximum), maximum, 0, int.MaxValue / 4);

    private protected override void Change(Image image, Generator generator)
    {
        var right = generator.Next(2 * _maximum + 1) - _maximum;
        var down = generator.Next(2 * _maximum + 1) - _maximum;
        image.Warp((x, y) => (x - right, y - down));
    }
}
