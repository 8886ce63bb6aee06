namespace DeepNotes;

/// <summary>A layer whose output at one place sees a window of its input: what the receptive field grows by.</summary>
public interface IWindowed
{
    /// <summary>Height and width of the window, in taps.</summary>
    Size2D Kernel { get; }

    /// <summary>The step from one place to the next.</summary>
    Size2D Stride { get; }

    /// <summary>The step from one tap to the next.</summary>
    Size2D Dilation { get; }
}
