namespace DeepNotes;

/// <summary>A height and a width: of an image, a kernel, a stride. <c>3</c> means 3×3.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>Height · width.</summary>
    public int Area => Height * Width;

    /// <summary>A square.</summary>
    public static implicit operator Size2D(int side) => new(side, side);

    /// <summary>Height and width.</summary>
    public static implicit operator Size2D((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>As in messages: <c>3×3</c>.</summary>
    public override string ToString() => $"{Height}×{Width}";

    /// <summary>Throws unless both are at least 1.</summary>
    internal Size2D Positive(string operation, string name) => Height > 0 && Width > 0
        ? this
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {this}: expected at least 1×1.");
}
