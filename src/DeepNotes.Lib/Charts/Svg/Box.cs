namespace DeepNotes;

/// <summary>A rectangle of the figure, in pixels from its upper left corner.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public static Box FromEdges(double left, double top, double right, double bottom) =>
        new(left, top, right - left, bottom - top);

    /// <summary>The largest box of the given aspect ratio inside this one, centred horizontally and aligned to the top.</summary>
    public Box WithAspect(double heightOverWidth)
    {
        var width = Math.Min(Width, Height / heightOverWidth);
        return new(Left + (Width - width) / 2, Top, width, width * heightOverWidth);
    }
}
