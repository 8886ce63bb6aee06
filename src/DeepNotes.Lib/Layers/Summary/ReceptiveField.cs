namespace DeepNotes;

/// <summary>
/// The receptive field of one value of a layer: <see cref="Seen"/> rows and columns of the image; those of adjacent values are
/// <see cref="Jump"/> apart there. A window of k taps with dilation d and stride s makes
/// seen ← seen + (k - 1)·d·jump, jump ← jump·s.
/// </summary>
/// <param name="Seen">Rows and columns of the image, without padding.</param>
/// <param name="Jump">The distance in the image between the fields of adjacent values.</param>
public readonly record struct ReceptiveField(Size2D Seen, Size2D Jump)
{
    /// <summary>The field of a value of the image itself.</summary>
    public static ReceptiveField OfImage => new(1, 1);

    /// <summary>The field of a value after a window.</summary>
    public ReceptiveField Behind(IWindowed window) => new(
        (Seen.Height + (window.Kernel.Height - 1) * window.Dilation.Height * Jump.Height,
            Seen.Width + (window.Kernel.Width - 1) * window.Dilation.Width * Jump.Width),
        (Jump.Height * window.Stride.Height, Jump.Width * window.Stride.Width));

    /// <summary>The field of a value that is computed from two.</summary>
    public ReceptiveField Union(ReceptiveField other) => new(
        (Math.Max(Seen.Height, other.Seen.Height), Math.Max(Seen.Width, other.Seen.Width)),
        (Math.Max(Jump.Height, other.Jump.Height), Math.Max(Jump.Width, other.Jump.Width)));
}

/// <summary>A layer whose output at one position depends on a window of its input, by which the receptive field grows.</summary>
public interface IWindowed
{
    /// <summary>Height and width of the window, in taps.</summary>
    Size2D Kernel { get; }

    /// <summary>The step from one position to the next.</summary>
    Size2D Stride { get; }

    /// <summary>The step from one tap to the next.</summary>
    Size2D Dilation { get; }
}
