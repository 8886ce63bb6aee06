using System.Net;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A ROUTER socket: passes received messages on with their connection, on which replies are sent.</summary>
internal sealed class RouterSocket : IAsyncDisposable
{
    private readonly ZmtpListener _listener;

    public RouterSocket(IPEndPoint endPoint, ZmtpLimits limits, Func<ZmtpConnection, IReadOnlyList<byte[]>, CancellationToken, ValueTask> receive) =>
        _listener = new ZmtpListener(SocketKind.Router, endPoint, limits, async (connection, cancellation) =>
        {
            while (await connection.ReceiveAsync(_ => { }, cancellation).ConfigureAwait(false) is { } message)
            {
                await receive(connection, message, cancellation).ConfigureAwait(false);
            }
        });

    public int Port => _listener.Port;

    /// <summary>The connection of the peer with this identity; for an empty identity, the only connection if there is just one.</summary>
    public ZmtpConnection? Find(byte[] identity)
    {
        var connections = _listener.Connections.ToArray();
        return identity.Length > 0
            ? connections.FirstOrDefault(connection => connection.Identity.AsSpan().SequenceEqual(identity))
            : connections is [var only] ? only : null;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}

/// <summary>A REP socket that echoes each message, for heartbeats.</summary>
internal sealed class HeartbeatSocket(IPEndPoint endPoint, ZmtpLimits limits) : IAsyncDisposable
{
    private readonly ZmtpListener _listener = new(SocketKind.Reply, endPoint, limits, async (connection, cancellation) =>
    {
        while (await connection.ReceiveAsync(_ => { }, cancellation).ConfigureAwait(false) is { } message)
        {
            connection.Send(message);
        }
    });

    public int Port => _listener.Port;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
