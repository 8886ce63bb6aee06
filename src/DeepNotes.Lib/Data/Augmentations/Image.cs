namespace DeepNotes;

/// <summary>A view of the values of one image [C, H, W], for changes in place.</summary>
internal readonly ref struct Image(Span<float> values, int channels, int height, int width)
{
    public Span<float> Values { get; } = values;

    public int Channels { get; } = channels;

    public int Height { get; } = height;

    public int Width { get; } = width;

    public Span<float> Plane(int channel) => Values.Slice(channel * Height * Width, Height * Width);

    public Span<float> Row(int channel, int y) => Plane(channel).Slice(y * Width, Width);

    /// <summary>
    /// Resamples the image by a backward mapping with bilinear interpolation; coordinates outside the image are clamped to
    /// its edge.
    /// </summary>
    /// <param name="source">Maps a pixel (x, y) to the coordinates that its value is taken from; pixel centres are integers.</param>
    public void Warp(Func<int, int, (double X, double Y)> source)
    {
        var before = Values.ToArray();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var from = source(x, y);
                for (var channel = 0; channel < Channels; channel++)
                {
                    var plane = before.AsSpan(channel * Height * Width, Height * Width);
                    Plane(channel)[y * Width + x] = Bilinear.At(plane, Width, from.X, from.Y);
                }
            }
        }
    }
}
