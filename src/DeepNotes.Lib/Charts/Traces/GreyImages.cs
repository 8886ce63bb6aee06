namespace DeepNotes;

/// <summary>Grey pictures of one size.</summary>
internal sealed record GreyImages(float[][] Pixels, int Width, int Height)
{
    public static GreyImages Of(IEnumerable<float[]> images, int width)
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
