namespace DeepNotes.Backends.Plain;

/// <summary>A buffer as a matrix [·, b]: element (i, j) is at i·b + j.</summary>
internal readonly struct Array2D(DeviceBuffer buffer, int b)
{
    private readonly float[] _values = PlainBuffer.Of(buffer);

    public ref float this[int i, int j] => ref _values[i * b + j];

    public Span<float> Row(int i) => _values.AsSpan(i * b, b);
}

/// <summary>A buffer as an array [·, b, c]: element (i, j, k) is at (i·b + j)·c + k.</summary>
internal readonly struct Array3D(DeviceBuffer buffer, int b, int c)
{
    private readonly float[] _values = PlainBuffer.Of(buffer);

    public ref float this[int i, int j, int k] => ref _values[(i * b + j) * c + k];
}

/// <summary>A buffer as an array [·, b, c, d], such as images [N, C, H, W].</summary>
internal readonly struct Array4D(DeviceBuffer buffer, int b, int c, int d)
{
    private readonly float[] _values = PlainBuffer.Of(buffer);

    public Array4D(DeviceBuffer images, int channels, Size2D size)
        : this(images, channels, size.Height, size.Width)
    {
    }

    public ref float this[int i, int j, int k, int l] => ref _values[((i * b + j) * c + k) * d + l];
}

/// <summary>A buffer as an array [·, b, c, d, e, f], such as what the taps of a window see, [N, C, KH, KW, H, W].</summary>
internal readonly struct Array6D(DeviceBuffer buffer, int b, int c, int d, int e, int f)
{
    private readonly float[] _values = PlainBuffer.Of(buffer);

    public ref float this[int i, int j, int k, int l, int m, int n] => ref _values[((((i * b + j) * c + k) * d + l) * e + m) * f + n];
}
