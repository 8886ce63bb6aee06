namespace DeepNotes;

/// <summary>Images of equal size, grey (one plane) or in colour (a red, a green and a blue plane).</summary>
internal sealed record ImageTiles(float[][] Pixels, int Width, int Height, int Planes = 1)
{
    public static ImageTiles Of(Tensor images)
    {
        if (images.Shape.Count != 4 || images.Shape[1] is not (1 or 3) || images.Shape.Elements == 0)
        {
            throw new ShapeException($"Chart.Images: expected pictures [N, 1, H, W] or [N, 3, H, W], got {images.Shape}.");
        }
        var (planes, height, width) = (images.Shape[1], images.Shape[2], images.Shape[3]);
        return new([.. images.ToArray().Chunk(planes * height * width)], width, height, planes);
    }

    public static ImageTiles Of(IEnumerable<float[]> images, int width)
    {
        ArgumentNullException.ThrowIfNull(images);
        Check.AtLeast(0, width, "Chart.Images");
        var pixels = images.ToArray();
        Require.NotEmpty("Chart.Images", "images", pixels.Length);
        var length = pixels[0].Length;
        var columns = width == 0 ? (int)Math.Round(Math.Sqrt(length)) : width;
        if (length == 0 || (width == 0 ? columns * columns != length : length % columns != 0))
        {
            throw new ArgumentException(
                $"Chart.Images: expected pictures of {(width == 0 ? "a square number of" : $"a multiple of {width}")} pixels, "
                + $"got {length}. Give the width of a picture in pixels.", nameof(images));
        }
        var other = Array.FindIndex(pixels, picture => picture.Length != length);
        if (other >= 0)
        {
            throw new ArgumentException(
                $"Chart.Images: expected pictures of equal size, got {length} pixels in picture 0 and {pixels[other].Length} in picture {other}.",
                nameof(images));
        }
        return new(pixels, columns, length / columns);
    }
}
