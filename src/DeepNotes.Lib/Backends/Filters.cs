namespace DeepNotes.Backends;

/// <summary>A convolution: <paramref name="Count"/> filters that slide over images, in groups of channels.</summary>
/// <param name="Window">How a kernel slides.</param>
/// <param name="Count">F, the channels that come out.</param>
/// <param name="Groups">Parts of the channels that do not see each other.</param>
public readonly record struct Filters(Window Window, int Count, int Groups)
{
    /// <summary>Filters of one group.</summary>
    public int PerGroup => Count / Groups;

    /// <summary>Channels that one filter sees.</summary>
    public int ChannelsEach => Window.Channels / Groups;

    /// <summary>Weights of one filter.</summary>
    public int WeightsEach => ChannelsEach * Window.Kernel.Area;
}
