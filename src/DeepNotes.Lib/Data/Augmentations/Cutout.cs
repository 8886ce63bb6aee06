namespace DeepNotes;

/// <summary>
/// Sets a square of an image to 0, its centre anywhere in the image (DeVries, Taylor 2017, "Improved regularization of
/// convolutional neural networks with cutout"), so that a network does not rely on a single feature.
/// </summary>
/// <param name="side">The side of the square in pixels, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A side below 1.</exception>
public sealed class Cutout(int side) : ImageAugmentation
{
    private readonly int _side = (int)Checked(nameof(Cutout), nameof(side), side, 1, int.MaxValue / 4);

    private protected override void Change(Image image, Generator generator)
    {
        var (left, right) = Range(generator.Next(image.Width), image.Width);
        var (top, bottom) = Range(generator.Next(image.Height), image.Height);
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = top; y < bottom; y++)
                image.Row(channel, y)[left..right].Clear();
        }
    }

    private (int From, int To) Range(int centre, int length) =>
        (Math.Max(0, centre - _side / 2), Math.Min(length, centre - _side / 2 + _side));
}
