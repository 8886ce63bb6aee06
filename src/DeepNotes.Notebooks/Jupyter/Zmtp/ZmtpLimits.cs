namespace DeepNotes.Notebooks.Jupyter;

/// <summary>What a connection may take of this process.</summary>
internal sealed record ZmtpLimits
{
    /// <summary>Bytes of one received message, all frames together.</summary>
    public long MessageBytes { get; init; } = 64 << 20;

    /// <summary>Frames of one received message.</summary>
    public int MessageFrames { get; init; } = 1024;

    /// <summary>Bytes that wait to be sent to one peer; a single message may be larger.</summary>
    public long WaitingBytes { get; init; } = 64 << 20;

    /// <summary>A peer for which bytes wait and that takes none for so long is dropped.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the connection to the end of the handshake.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections of one socket at the same time; more are closed at once.</summary>
    public int Connections { get; init; } = 256;
}
