namespace DeepNotes;

/// <summary>Converts bytes of 28×28 images and their labels to a data set like MNIST.</summary>
internal static class DigitImages
{
    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Inputs [N, 1, 28, 28], the bytes 0 … 255 scaled to 0 … 1.</summary>
    public static Dataset ToDataset(ReadOnlySpan<byte> pixels, int[] labels, string name, string origin)
    {
        var values = new float[pixels.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = pixels[i] / 255f;
        }

        var images = new SampleRows(values, [labels.Length, 1, DigitCanvas.Side, DigitCanvas.Side]);
        return new Dataset(images, labels, Digits, name, origin);
    }
}
