namespace DeepNotes.Notebooks.Jupyter;

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
