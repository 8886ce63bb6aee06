namespace DeepNotes;

/// <summary>Moves an image by whole pixels, each direction uniform in -maximum … maximum; the edge's pixels go on.</summary>
/// <param name="maximum">Pixels, from 0.</param>
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
