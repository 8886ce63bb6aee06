namespace DeepNotes;

/// <summary>Maps as grey images, each scaled to the full range of grey.</summary>
internal static class GreyImages
{
    /// <summary>The most images a chart shows: more would be too small to recognise.</summary>
    public const int MaxCount = 64;

    /// <summary>(v - min) / (max - min): the smallest value is black, the largest white.</summary>
    public static float[] ScaledToRange(float[] values)
    {
        var (low, high) = (values.Min(), values.Max());
        return Array.ConvertAll(values, value => high > low ? (value - low) / (high - low) : 0);
    }

    /// <summary>½ + v / (2·max |v|): zero is grey, the largest magnitude black or white.</summary>
    public static float[] CentredOnGrey(float[] values)
    {
        var largest = values.Max(Math.Abs);
        return Array.ConvertAll(values, value => largest > 0 ? 0.5f + value / (2 * largest) : 0.5f);
    }

    /// <summary>The samples [N, C, H, W] as grey images, each beside its map [N, H, W].</summary>
    public static Chart Pairs(Tensor images, Tensor maps, bool isSigned, int[] classes)
    {
        var (area, width) = (maps.Shape[1] * maps.Shape[2], maps.Shape[2]);
        var pairs = images.Detach().Mean(1).ToArray().Chunk(area).Zip(maps.ToArray().Chunk(area)).Take(MaxCount / 2).ToList();
        return Chart.Images(
            pairs.SelectMany(pair => (float[][])[ScaledToRange(pair.First), isSigned ? CentredOnGrey(pair.Second) : ScaledToRange(pair.Second)]),
            columns: Math.Min(8, 2 * pairs.Count), classes.Take(pairs.Count).SelectMany(label => (string[])["input", $"class {label}"]), width);
    }
}
