namespace DeepNotes;

/// <summary>
/// What surrounds an image for a sliding kernel: a number of rows and columns on each side, or as many as keep the output
/// at ⌈input/stride⌉ (<see cref="Same"/>). <c>1</c> means one on each side.
/// </summary>
/// <param name="Rows">Rows above and below.</param>
/// <param name="Columns">Columns to the left and to the right.</param>
public readonly record struct Padding(int Rows, int Columns)
{
    private bool KeepsSize { get; init; }

    /// <summary>None.</summary>
    public static Padding None => default;

    /// <summary>So much that the output is ⌈input/stride⌉; where that is odd, the extra one is below and to the right.</summary>
    public static Padding Same => new() { KeepsSize = true };

    /// <summary>As much on every side.</summary>
    public static implicit operator Padding(int size) => new(size, size);

    /// <summary>Rows above and below, columns to the left and to the right.</summary>
    public static implicit operator Padding((int Rows, int Columns) padding) => new(padding.Rows, padding.Columns);

    /// <summary>As in messages: <c>1×1</c>, <c>same</c>.</summary>
    public override string ToString() => KeepsSize ? "same" : $"{Rows}×{Columns}";

    internal (int Top, int Bottom, int Left, int Right) Around(Size2D image, Size2D kernel, Size2D stride, Size2D dilation)
    {
        if (!KeepsSize)
        {
            return (Rows, Rows, Columns, Columns);
        }

        var (top, bottom) = Split(image.Height, kernel.Height, stride.Height, dilation.Height);
        var (left, right) = Split(image.Width, kernel.Width, stride.Width, dilation.Width);
        return (top, bottom, left, right);
    }

    internal Padding NotNegative(string operation, string name) => Rows >= 0 && Columns >= 0
        ? this
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {this}: expected 0 or more.");

    // More than half of a window would be windows that see nothing but padding.
    internal Padding AtMostHalf(Size2D kernel, string operation, string name) =>
        NotNegative(operation, name).Rows <= kernel.Height / 2 && Columns <= kernel.Width / 2
            ? this
            : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {this}: expected at most half of the kernel {kernel}.");

    private static (int Before, int After) Split(int size, int kernel, int stride, int dilation)
    {
        var positions = (size + stride - 1) / stride;
        var total = Math.Max(0, (positions - 1) * stride + dilation * (kernel - 1) + 1 - size);
        return (total / 2, total - total / 2);
    }
}

/// <summary>What the padding holds.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The nearest value at the edge.</summary>
    Replicate,
}
