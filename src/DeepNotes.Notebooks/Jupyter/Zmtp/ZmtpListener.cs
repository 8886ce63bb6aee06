using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Accepts connections on a loopback port and serves each until it is closed; a faulty peer does not affect the others.</summary>
internal sealed class ZmtpListener : IAsyncDisposable
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(10);

    private readonly SocketKind _kind;
    private readonly ZmtpLimits _limits;
    private readonly TcpListener _listener;
    private readonly Func<ZmtpConnection, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ZmtpConnection, byte> _connections = new();
    private int _accepted;

    /// <param name="kind">The type of the socket.</param>
    /// <param name="endPoint">The end point to listen on; port 0 selects a free port.</param>
    /// <param name="limits">The limits of each connection.</param>
    /// <param name="serve">Reads from the peer until it disconnects.</param>
    public ZmtpListener(SocketKind kind, IPEndPoint endPoint, ZmtpLimits limits, Func<ZmtpConnection, CancellationToken, Task> serve)
    {
        if (!IPAddress.IsLoopback(endPoint.Address))
        {
            throw new ArgumentException($"{kind.Name}: expected a loopback address, got {endPoint.Address}.", nameof(endPoint));
        }

        _kind = kind;
        _limits = limits;
        _serve = serve;
        _listener = new TcpListener(endPoint);
        _listener.Start();
        _ = AcceptAllAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IEnumerable<ZmtpConnection> Connections => _connections.Keys;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await Task.WhenAll(_connections.Keys.Select(connection => connection.DrainAsync(DrainTimeout))).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                if (Interlocked.Increment(ref _accepted) > _limits.MaxConnections)
                {
                    Interlocked.Decrement(ref _accepted);
                    client.Dispose();
                    continue;
                }

                _ = ServeAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            client.NoDelay = true;
            using var connection = await HandshakeAsync(client.GetStream()).ConfigureAwait(false);
            _connections[connection] = 0;
            try
            {
                await _serve(connection, _stop.Token).ConfigureAwait(false);
            }
            finally
            {
                _connections.TryRemove(connection, out _);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer disconnected, timed out or violated the protocol; its connection is closed.
        }
        finally
        {
            client.Dispose();
            Interlocked.Decrement(ref _accepted);
        }
    }

    private async Task<ZmtpConnection> HandshakeAsync(NetworkStream stream)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(_limits.HandshakeTimeout);
        return await ZmtpConnection.AcceptAsync(stream, _kind, _limits, limit.Token).ConfigureAwait(false);
    }
}

/// <summary>A socket type and the peer types that it accepts.</summary>
internal sealed record SocketKind(string Name, params IReadOnlyList<string> Peers)
{
    public static readonly SocketKind Router = new("ROUTER", "DEALER", "REQ", "ROUTER");
    public static readonly SocketKind Publisher = new("PUB", "SUB", "XSUB");
    public static readonly SocketKind Reply = new("REP", "REQ", "DEALER");

    public bool Accepts(string peer) => Peers.Contains(peer);
}
