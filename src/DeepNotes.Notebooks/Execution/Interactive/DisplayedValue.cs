using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// A displayed value that can be updated. Frequent updates are throttled; the last one is always sent.
/// </summary>
public sealed class DisplayedValue
{
    private const int MillisecondsBetween = 100;

    private readonly Lock _gate = new();
    private readonly string _id;
    private readonly string[] _mimeTypes;
    private readonly Action<DisplayOutput> _show;
    private object? _pending;
    private bool _isPending;
    private long _sentAt;

    internal DisplayedValue(string id, string[] mimeTypes, Action<DisplayOutput> show)
    {
        _id = id;
        _mimeTypes = mimeTypes;
        _show = show;
    }

    /// <summary>Replaces the displayed value.</summary>
    public void Update(object? value)
    {
        if (CellInterrupt.Requested)
        {
            CellInterrupt.Throw();
        }

        long wait;
        lock (_gate)
        {
            _pending = value;
            _isPending = true;
            wait = _sentAt + MillisecondsBetween - Environment.TickCount64;
        }

        if (wait > 0)
        {
            Displays.Schedule(this, wait);
        }
        else
        {
            SendPending();
        }
    }

    internal void SendPending()
    {
        lock (_gate)
        {
            if (_isPending)
            {
                _isPending = false;
                _sentAt = Environment.TickCount64;
                _show(new DisplayOutput(DisplayForms.Of(_pending, _mimeTypes), _id));
                _pending = null;
            }
        }
    }
}
