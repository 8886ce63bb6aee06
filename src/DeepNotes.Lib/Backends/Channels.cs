namespace DeepNotes.Backends;

/// <summary>A tensor seen as [images, channels, places], to be normalised over all but the channels.</summary>
/// <param name="Images">Images.</param>
/// <param name="Count">Channels.</param>
/// <param name="Places">Values of a channel of an image.</param>
public readonly record struct Channels(int Images, int Count, int Places)
{
    /// <summary>Values of a channel in all images.</summary>
    public int Values => Images * Places;
}
