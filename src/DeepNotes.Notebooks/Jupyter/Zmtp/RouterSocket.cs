using System.Net;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>ROUTER: hands on what peers send, and answers go to the connection that asked.</summary>
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

    /// <summary>The connection of the peer of this identity; without an identity only a peer that is alone is known.</summary>
    public ZmtpConnection? Find(byte[] identity)
    {
        var connections = _listener.Connections.ToArray();
        return identity.Length > 0
            ? connections.FirstOrDefault(connection => connection.Identity.AsSpan().SequenceEqual(identity))
            : connections is [var only] ? only : null;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}

/// <summary>REP that sends back what it gets: the heartbeat.</summary>
internal sealed class EchoSocket(IPEndPoint endPoint, ZmtpLimits limits) : IAsyncDisposable
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
