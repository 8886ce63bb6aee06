using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Accepts peers on a port of this machine and serves each until it goes; a peer that misbehaves costs only itself.</summary>
internal sealed class ZmtpListener : IAsyncDisposable
{
    private static readonly TimeSpan FinishTime = TimeSpan.FromSeconds(10);

    private readonly SocketKind _kind;
    private readonly ZmtpLimits _limits;
    private readonly TcpListener _listener;
    private readonly Func<ZmtpConnection, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ZmtpConnection, byte> _connections = new();
    private int _accepted;

    /// <param name="kind">The type of the socket.</param>
    /// <param name="endPoint">Where it listens; port 0 takes a free one.</param>
    /// <param name="limits">What one peer may take.</param>
    /// <param name="serve">Reads from the peer until it goes.</param>
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
        await Task.WhenAll(_connections.Keys.Select(connection => connection.FinishAsync(FinishTime))).ConfigureAwait(false);
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
                if (Interlocked.Increment(ref _accepted) > _limits.Connections)
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
            // Gone, silent for too long, or no ZMTP: nobody is left to tell.
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
        limit.CancelAfter(_limits.Handshake);
        return await ZmtpConnection.AcceptAsync(stream, _kind, _limits, limit.Token).ConfigureAwait(false);
    }
}

/// <summary>A type of socket and the types that may connect to it.</summary>
internal sealed record SocketKind(string Name, params IReadOnlyList<string> Peers)
{
    public static readonly SocketKind Router = new("ROUTER", "DEALER", "REQ", "ROUTER");
    public static readonly SocketKind Publisher = new("PUB", "SUB", "XSUB");
    public static readonly SocketKind Reply = new("REP", "REQ", "DEALER");

    public bool Accepts(string peer) => Peers.Contains(peer);
}
