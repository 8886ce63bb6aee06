using System.Diagnostics.CodeAnalysis;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// What waits to be sent to one peer. Whoever adds waits while it is full, so that a peer that reads slowly loses
/// nothing; a peer that reads nothing at all is given up.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle, and a late sender may still use it.")]
internal sealed class OutgoingQueue(ZmtpLimits limits)
{
    private readonly object _gate = new();
    private readonly Queue<byte[]> _messages = new();
    private readonly SemaphoreSlim _available = new(0);
    private long _bytes;
    private bool _isClosed;

    /// <summary>False when the queue is closed, or full and its peer took nothing for the time of the limit.</summary>
    public bool Add(byte[] message)
    {
        lock (_gate)
        {
            while (!_isClosed && _bytes > 0 && _bytes + message.Length > limits.WaitingBytes)
            {
                if (!Monitor.Wait(_gate, limits.Stall))
                {
                    return false;
                }
            }

            if (_isClosed)
            {
                return false;
            }

            _bytes += message.Length;
            _messages.Enqueue(message);
            _available.Release();
            return true;
        }
    }

    /// <summary>The next message; null when the queue is closed.</summary>
    public async ValueTask<byte[]?> NextAsync()
    {
        await _available.WaitAsync().ConfigureAwait(false);
        lock (_gate)
        {
            return _messages.TryDequeue(out var message) ? message : null;
        }
    }

    /// <summary>So many bytes are on their way: room for others.</summary>
    public void Sent(int bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes no more. What waits is still handed out, unless it is to be dropped.</summary>
    public void Close(bool drop)
    {
        lock (_gate)
        {
            _isClosed = true;
            if (drop)
            {
                _messages.Clear();
            }

            _available.Release();
            Monitor.PulseAll(_gate);
        }
    }
}
