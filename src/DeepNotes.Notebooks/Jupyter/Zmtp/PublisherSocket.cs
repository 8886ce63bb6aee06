using System.Collections.Concurrent;
using System.Net;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A PUB socket: sends each message to the peers that subscribe to a prefix of its first frame.</summary>
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

/// <summary>The topics of one subscriber, a multiset: each cancellation removes one subscription.</summary>
internal sealed class Subscriptions
{
    private const int MaxTopics = 1024;

    private readonly Lock _gate = new();
    private readonly List<byte[]> _topics = [];

    public bool Match(byte[] topic)
    {
        lock (_gate)
        {
            return _topics.Exists(prefix => topic.AsSpan().StartsWith(prefix));
        }
    }

    /// <summary>Applies a subscription of ZMTP 3.0: a message of 01 or 00 and the topic. Other messages are ignored.</summary>
    public void Apply(IReadOnlyList<byte[]> message)
    {
        if (message is [[var subscribes and (0 or 1), .. var topic]])
        {
            Change(subscribes == 1, topic);
        }
    }

    /// <summary>Applies a subscription of ZMTP 3.1, which is a command.</summary>
    public void Apply(ZmtpCommand command)
    {
        if (command.Name is ZmtpCommand.Subscribe or ZmtpCommand.Cancel)
        {
            Change(command.Name == ZmtpCommand.Subscribe, command.Data);
        }
    }

    private void Change(bool subscribes, byte[] topic)
    {
        lock (_gate)
        {
            if (!subscribes)
            {
                var known = _topics.FindIndex(other => other.AsSpan().SequenceEqual(topic));
                if (known >= 0)
                {
                    _topics.RemoveAt(known);
                }
            }
            else if (_topics.Count < MaxTopics)
            {
                _topics.Add(topic);
            }
            else
            {
                throw new ZmtpException($"subscription: expected at most {MaxTopics} topics.");
            }
        }
    }
}
