using System.Collections.Concurrent;
using System.Net;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>PUB: each message goes to the peers that subscribe to a beginning of its first frame.</summary>
internal sealed class PublisherSocket : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ZmtpConnection, Subscriptions> _subscribers = new();
    private readonly ZmtpListener _listener;

    public PublisherSocket(IPEndPoint endPoint, ZmtpLimits limits) =>
        _listener = new ZmtpListener(SocketKind.Publisher, endPoint, limits, ServeAsync);

    public int Port => _listener.Port;

    public void Publish(IReadOnlyList<byte[]> message)
    {
        byte[]? encoded = null;
        foreach (var (connection, subscriptions) in _subscribers)
        {
            if (subscriptions.Match(message[0]))
            {
                connection.SendEncoded(encoded ??= Frame.Encode(message));
            }
        }
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(ZmtpConnection connection, CancellationToken cancellation)
    {
        var subscriptions = _subscribers[connection] = new Subscriptions();
        try
        {
            while (await connection.ReceiveAsync(subscriptions.Apply, cancellation).ConfigureAwait(false) is { } message)
            {
                subscriptions.Apply(message);
            }
        }
        finally
        {
            _subscribers.TryRemove(connection, out _);
        }
    }
}
