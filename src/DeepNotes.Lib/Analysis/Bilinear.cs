namespace DeepNotes;

/// <summary>Bilinear interpolation between the centres of cells, as PyTorch's <c>interpolate</c> with align_corners=False.</summary>
internal static class Bilinear
{
    /// <summary>Maps [N, h, w] as [N, <paramref name="height"/>, <paramref name="width"/>].</summary>
    public static Tensor Resize(Tensor maps, int height, int width)
    {
        var (count, rows, columns) = (maps.Shape[0], maps.Shape[1], maps.Shape[2]);
        var (source, target) = (maps.ToArray(), new float[count * height * width]);
        for (var i = 0; i < target.Length; i++)
        {
            var (n, place) = Math.DivRem(i, height * width);
            var (top, bottom, down) = Between(place / width, height, rows);
            var (left, right, along) = Between(place % width, width, columns);
            target[i] = Mix(Mix(At(n, top, left), At(n, top, right), along), Mix(At(n, bottom, left), At(n, bottom, right), along), down);
        }

        return Tensor.From(target, [count, height, width]);

        float At(int n, int row, int column) => source[(n * rows + row) * columns + column];
    }

    private static (int Low, int High, float Share) Between(int place, int targets, int sources)
    {
        var exact = Math.Max(0, (place + 0.5f) * sources / targets - 0.5f);
        var low = (int)exact;
        return (low, Math.Min(low + 1, sources - 1), exact - low);
    }

    private static float Mix(float a, float b, float share) => a + share * (b - a);
}
