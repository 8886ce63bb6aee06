using System.Net.Sockets;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>One peer of a socket, after the handshake. Any thread may send; one reads.</summary>
internal sealed class ZmtpConnection : IDisposable
{
    private const int ChunkBytes = 64 << 10;

    private readonly NetworkStream _stream;
    private readonly FrameReader _reader;
    private readonly OutgoingQueue _outgoing;
    private readonly Task _sending;

    private ZmtpConnection(NetworkStream stream, FrameReader reader, ZmtpLimits limits, byte[] identity)
    {
        _stream = stream;
        _reader = reader;
        _outgoing = new OutgoingQueue(limits);
        Identity = identity;
        _sending = SendAllAsync();
    }

    /// <summary>What the peer calls itself, the same on all its sockets; may be empty.</summary>
    public byte[] Identity { get; }

    /// <summary>Greets the peer and agrees on the socket types.</summary>
    /// <exception cref="IOException">The peer has gone, or does not speak as expected.</exception>
    public static async Task<ZmtpConnection> AcceptAsync(NetworkStream stream, SocketKind kind, ZmtpLimits limits, CancellationToken cancellation)
    {
        // At once: libzmq sends its first bytes and then waits for ours.
        await stream.WriteAsync(Greeting.Create(), cancellation).ConfigureAwait(false);
        var input = new BufferedStream(stream);
        await Greeting.ReadAsync(input, cancellation).ConfigureAwait(false);
        await stream.WriteAsync(Frame.EncodeCommand(ZmtpCommand.CreateReady(kind.Name).Encode()), cancellation).ConfigureAwait(false);

        var reader = new FrameReader(input, limits);
        var first = await reader.ReadAsync(ChunkBytes, cancellation).ConfigureAwait(false);
        if (first is not { IsCommand: true } frame || ZmtpCommand.Parse(frame.Body) is not { Name: ZmtpCommand.Ready } ready)
        {
            throw new ZmtpException("handshake: expected READY.");
        }

        var properties = ready.Properties();
        var peer = properties.TryGetValue("Socket-Type", out var type) ? System.Text.Encoding.ASCII.GetString(type) : "none";
        return kind.Accepts(peer)
            ? new ZmtpConnection(stream, reader, limits, properties.GetValueOrDefault("Identity") ?? [])
            : throw new ZmtpException($"handshake: {kind.Name} expected a peer of {string.Join(" or ", kind.Peers)}, got {peer}.");
    }

    /// <summary>The next message; null when the peer has closed. PING is answered on the way.</summary>
    /// <param name="command">Told of the commands between messages.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<IReadOnlyList<byte[]>?> ReceiveAsync(Action<ZmtpCommand> command, CancellationToken cancellation) =>
        _reader.ReadMessageAsync(body => Handle(ZmtpCommand.Parse(body), command), cancellation);

    public void Send(IReadOnlyList<byte[]> message) => SendEncoded(Frame.Encode(message));

    /// <summary>Sends what <see cref="Frame"/> has encoded. Waits while too much waits already; drops a peer that takes nothing.</summary>
    public void SendEncoded(byte[] message)
    {
        if (!_outgoing.Add(message))
        {
            Dispose();
        }
    }

    /// <summary>Closes after what waits is sent, or when the time is over.</summary>
    public async Task FinishAsync(TimeSpan patience)
    {
        _outgoing.Close(drop: false);
        await Task.WhenAny(_sending, Task.Delay(patience)).ConfigureAwait(false);
        Dispose();
    }

    public void Dispose()
    {
        _outgoing.Close(drop: true);
        _stream.Dispose();
    }

    private void Handle(ZmtpCommand command, Action<ZmtpCommand> other)
    {
        const int TimeToLiveBytes = 2;
        switch (command.Name)
        {
            case ZmtpCommand.Ping when command.Data.Length >= TimeToLiveBytes:
                SendEncoded(Frame.EncodeCommand(new ZmtpCommand(ZmtpCommand.Pong, command.Data[TimeToLiveBytes..]).Encode()));
                break;
            case ZmtpCommand.Error:
                throw new ZmtpException("the peer reported an error.");
            default:
                other(command);
                break;
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (await _outgoing.NextAsync().ConfigureAwait(false) is { } message)
            {
                // In pieces, so that progress within a large message is seen.
                for (var sent = 0; sent < message.Length; sent += ChunkBytes)
                {
                    var chunk = message.AsMemory(sent, Math.Min(ChunkBytes, message.Length - sent));
                    await _stream.WriteAsync(chunk).ConfigureAwait(false);
                    _outgoing.Sent(chunk.Length);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The peer is gone: the reading side notices as well.
            _outgoing.Close(drop: true);
        }
    }
}

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

/// <summary>The peer does not speak ZMTP 3, or not as this socket expects; its connection is closed.</summary>
internal sealed class ZmtpException(string message) : IOException(message);
