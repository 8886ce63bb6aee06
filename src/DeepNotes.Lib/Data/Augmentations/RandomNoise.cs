namespace DeepNotes;

/// <summary>Adds independent normal noise to every value, of samples of any shape.</summary>
/// <param name="deviation">The standard deviation of the noise, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative deviation.</exception>
public sealed class RandomNoise(double deviation) : Augmentation
{
    private readonly double _deviation = Checked(nameof(RandomNoise), nameof(deviation), deviation, 0);

    internal override Batch Apply(Batch batch, Generator[] generators)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            foreach (ref var value in batch.Rows.Row(i))
                value += (float)(_deviation * generators[i].NextNormal());
        }

        return batch;
    }
}
