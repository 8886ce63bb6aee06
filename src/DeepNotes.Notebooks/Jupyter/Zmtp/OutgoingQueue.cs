using System.Diagnostics.CodeAnalysis;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// A bounded queue of messages for one peer. Adding blocks while it is full, so that a slow peer loses nothing; it fails
/// if the peer reads nothing within a time limit.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle, and a late sender may still use it.")]
internal sealed class OutgoingQueue(ZmtpLimits limits)
{
    private readonly object _gate = new();
    private readonly Queue<byte[]> _messages = new();
    private readonly SemaphoreSlim _available = new(0);
    private long _bytes;
    private bool _isClosed;

    /// <summary>False if the queue is closed, or stays full for the send timeout because its peer does not read.</summary>
    public bool Add(byte[] message)
    {
        lock (_gate)
        {
            while (!_isClosed && _bytes > 0 && _bytes + message.Length > limits.MaxQueuedBytes)
            {
                if (!Monitor.Wait(_gate, limits.SendTimeout))
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

    /// <summary>Dequeues the next message; null once the queue is closed and empty.</summary>
    public async ValueTask<byte[]?> NextAsync()
    {
        await _available.WaitAsync().ConfigureAwait(false);
        lock (_gate)
        {
            return _messages.TryDequeue(out var message) ? message : null;
        }
    }

    /// <summary>Frees the space of bytes that were sent.</summary>
    public void Sent(int bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Closes the queue for new messages, and optionally drops those that it holds.</summary>
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
