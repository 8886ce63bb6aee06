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

/// <summary>The topics of one subscriber, counted: each cancellation takes one subscription back.</summary>
internal sealed class Subscriptions
{
    private const int MostTopics = 1024;

    private readonly Lock _gate = new();
    private readonly List<byte[]> _topics = [];

    public bool Match(byte[] topic)
    {
        lock (_gate)
        {
            return _topics.Exists(prefix => topic.AsSpan().StartsWith(prefix));
        }
    }

    /// <summary>The form of ZMTP 3.0: a message of 01 or 00 and the topic. Other messages mean nothing.</summary>
    public void Apply(IReadOnlyList<byte[]> message)
    {
        if (message is [[var subscribes and (0 or 1), .. var topic]])
        {
            Change(subscribes == 1, topic);
        }
    }

    /// <summary>The form of ZMTP 3.1: a command.</summary>
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
            else if (_topics.Count < MostTopics)
            {
                _topics.Add(topic);
            }
            else
            {
                throw new ZmtpException($"subscription: expected at most {MostTopics} topics.");
            }
        }
    }
}
