namespace DeepNotes;

/// <summary>A random change of images [N, C, H, W], independent for each image.</summary>
public abstract class ImageAugmentation : Augmentation
{
    private protected ImageAugmentation()
    {
    }

    /// <summary>Changes one image in place.</summary>
    private protected abstract void Change(Image image, Generator generator);

    /// <exception cref="ShapeException">The samples are not images [N, C, H, W].</exception>
    internal sealed override Batch Apply(Batch batch, Generator[] generators)
    {
        var shape = batch.Rows.Shape;
        if (shape.Count != 4)
        {
            throw new ShapeException($"{GetType().Name}: expected images [N, C, H, W], got {shape}.");
        }

        for (var i = 0; i < batch.Count; i++)
        {
            Change(new Image(batch.Rows.Row(i), shape[1], shape[2], shape[3]), generators[i]);
        }

        return batch;
    }
}
