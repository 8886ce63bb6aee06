namespace DeepNotes;

/// <summary>Bilinear interpolation between the pixels of an image, whose centres have integer coordinates.</summary>
internal static class Bilinear
{
    /// <summary>
    /// Resizes maps [N, h, w] to [N, <paramref name="height"/>, <paramref name="width"/>], as PyTorch's <c>interpolate</c> with
    /// align_corners=False.
    /// </summary>
    public static Tensor Resize(Tensor maps, int height, int width)
    {
        var (count, rows, columns) = (maps.Shape[0], maps.Shape[1], maps.Shape[2]);
        var (source, target) = (maps.ToArray(), new float[count * height * width]);
        for (var i = 0; i < target.Length; i++)
        {
            var (n, position) = Math.DivRem(i, height * width);
            var plane = source.AsSpan(n * rows * columns, rows * columns);
            target[i] = At(plane, columns, Centre(position % width, width, columns), Centre(position / width, height, rows));
        }

        return Tensor.From(target, [count, height, width]);
    }

    /// <summary>The value of a plane [H, W] at (x, y); coordinates outside are clamped to its edge.</summary>
    public static float At(ReadOnlySpan<float> plane, int width, double x, double y)
    {
        var height = plane.Length / width;
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
        var (u, v) = (x - left, y - top);
        var above = (1 - u) * plane[top * width + left] + u * plane[top * width + right];
        var below = (1 - u) * plane[bottom * width + left] + u * plane[bottom * width + right];
        return (float)((1 - v) * above + v * below);
    }

    // The coordinate in the source of the centre of a target pixel.
    private static double Centre(int position, int targets, int sources) => (position + 0.5) * sources / targets - 0.5;
}
