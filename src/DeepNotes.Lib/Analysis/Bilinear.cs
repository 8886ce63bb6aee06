namespace DeepNotes;

/// <summary>Bilinear interpolation between pixel centres, as PyTorch's <c>interpolate</c> with align_corners=False.</summary>
internal static class Bilinear
{
    /// <summary>Resizes maps [N, h, w] to [N, <paramref name="height"/>, <paramref name="width"/>].</summary>
    public static Tensor Resize(Tensor maps, int height, int width)
    {
        var (count, rows, columns) = (maps.Shape[0], maps.Shape[1], maps.Shape[2]);
        var (source, target) = (maps.ToArray(), new float[count * height * width]);
        for (var i = 0; i < target.Length; i++)
        {
            var (n, position) = Math.DivRem(i, height * width);
            var (top, bottom, v) = Neighbours(position / width, height, rows);
            var (left, right, u) = Neighbours(position % width, width, columns);
            target[i] = Lerp(Lerp(At(n, top, left), At(n, top, right), u), Lerp(At(n, bottom, left), At(n, bottom, right), u), v);
        }

        return Tensor.From(target, [count, height, width]);

        float At(int n, int row, int column) => source[(n * rows + row) * columns + column];
    }

    private static (int Low, int High, float Fraction) Neighbours(int position, int targets, int sources)
    {
        var exact = Math.Max(0, (position + 0.5f) * sources / targets - 0.5f);
        var low = (int)exact;
        return (low, Math.Min(low + 1, sources - 1), exact - low);
    }

    private static float Lerp(float a, float b, float fraction) => a + fraction * (b - a);
}
