namespace DeepNotes;

/// <summary>Flips an image horizontally with a given probability.</summary>
/// <param name="probability">The probability, from 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A probability outside 0 … 1.</exception>
public sealed class RandomFlip(double probability = 0.5) : ImageAugmentation
{
    private readonly double _probability = Checked(nameof(RandomFlip), nameof(probability), probability, 0, 1);

    private protected override void Change(Image image, Generator generator)
    {
        if (generator.NextDouble() >= _probability)
        {
            return;
        }

        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = 0; y < image.Height; y++)
                image.Row(channel, y).Reverse();
        }
    }
}
