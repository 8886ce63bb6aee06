namespace DeepNotes;

/// <summary>
/// What one value of a layer sees of the image: <see cref="Seen"/> rows and columns, and neighbours are
/// <see cref="Jump"/> apart there. A window of k taps with dilation d and stride s makes
/// seen ← seen + (k - 1)·d·jump, jump ← jump·s.
/// </summary>
/// <param name="Seen">Rows and columns of the image, padding not counted.</param>
/// <param name="Jump">How far apart in the image neighbours are.</param>
public readonly record struct ReceptiveField(Size2D Seen, Size2D Jump)
{
    /// <summary>A value of the image sees itself.</summary>
    public static ReceptiveField OfImage => new(1, 1);

    /// <summary>The field of a value after a window.</summary>
    public ReceptiveField Behind(IWindowed window) => new(
        (Seen.Height + (window.Kernel.Height - 1) * window.Dilation.Height * Jump.Height,
            Seen.Width + (window.Kernel.Width - 1) * window.Dilation.Width * Jump.Width),
        (Jump.Height * window.Stride.Height, Jump.Width * window.Stride.Width));

    /// <summary>The field of a value that is made from two.</summary>
    public ReceptiveField Union(ReceptiveField other) => new(
        (Math.Max(Seen.Height, other.Seen.Height), Math.Max(Seen.Width, other.Seen.Width)),
        (Math.Max(Jump.Height, other.Jump.Height), Math.Max(Jump.Width, other.Jump.Width)));
}

/// <summary>A layer whose output at one position sees a window of its input: what the receptive field grows by.</summary>
public interface IWindowed
{
    /// <summary>Height and width of the window, in taps.</summary>
    Size2D Kernel { get; }

    /// <summary>The step from one position to the next.</summary>
    Size2D Stride { get; }

    /// <summary>The step from one tap to the next.</summary>
    Size2D Dilation { get; }
}
