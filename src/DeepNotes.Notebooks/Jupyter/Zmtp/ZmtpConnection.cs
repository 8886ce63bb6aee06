using System.Net.Sockets;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A connection after the handshake. Any thread may send; only one reads.</summary>
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

    /// <summary>The identity of the peer, the same on all its sockets; may be empty.</summary>
    public byte[] Identity { get; }

    /// <summary>Performs the handshake and checks the socket types.</summary>
    /// <exception cref="IOException">The peer has disconnected or violated the protocol.</exception>
    public static async Task<ZmtpConnection> AcceptAsync(NetworkStream stream, SocketKind kind, ZmtpLimits limits, CancellationToken cancellation)
    {
        // First, because libzmq sends its first bytes and then waits for the greeting.
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

    /// <summary>Receives the next message, or null once the peer has closed the connection. Answers PING.</summary>
    /// <param name="command">Receives the other commands between messages.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public Task<IReadOnlyList<byte[]>?> ReceiveAsync(Action<ZmtpCommand> command, CancellationToken cancellation) =>
        _reader.ReadMessageAsync(body => Handle(ZmtpCommand.Parse(body), command), cancellation);

    public void Send(IReadOnlyList<byte[]> message) => SendEncoded(Frame.Encode(message));

    /// <summary>Queues a message encoded by <see cref="Frame"/>. Blocks while the queue is full; disconnects a peer that does not read.</summary>
    public void SendEncoded(byte[] message)
    {
        if (!_outgoing.Add(message))
        {
            Dispose();
        }
    }

    /// <summary>Closes the connection once the queue is sent, or after a time limit.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        _outgoing.Close(drop: false);
        await Task.WhenAny(_sending, Task.Delay(timeout)).ConfigureAwait(false);
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
                // In chunks, so that progress within a large message counts for the send timeout.
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
            // The peer has disconnected; the reader ends as well.
            _outgoing.Close(drop: true);
        }
    }
}

/// <summary>The resource limits of a connection.</summary>
internal sealed record ZmtpLimits
{
    /// <summary>The maximum size of a received message, all frames included.</summary>
    public long MaxMessageBytes { get; init; } = 64 << 20;

    /// <summary>The maximum number of frames of a received message.</summary>
    public int MaxMessageFrames { get; init; } = 1024;

    /// <summary>The maximum number of bytes queued for a peer; a single message may be larger.</summary>
    public long MaxQueuedBytes { get; init; } = 64 << 20;

    /// <summary>A peer that reads none of its queued bytes for this time is disconnected.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit of the handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of concurrent connections of a socket; further ones are closed immediately.</summary>
    public int MaxConnections { get; init; } = 256;
}

/// <summary>The peer violated the ZMTP 3 protocol or is of an incompatible type; its connection is closed.</summary>
internal sealed class ZmtpException(string message) : IOException(message);
