using DeepNotes.Notebooks.Documents;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The displayed values of the session, and the hook for libraries with live output.</summary>
internal static class Displays
{
    /// <summary>The AppDomain key of a Func&lt;object, Action&lt;object&gt;&gt;: displays a value and returns an action that updates it.</summary>
    private const string LiveKey = "DeepNotes.Live";

    private static readonly HashSet<DisplayedValue> Pending = [];
    private static readonly Timer SendTimer = new(_ => TrySendPending());
    private static Outbox? _outbox;
    private static int _count;

    public static void Connect(Outbox outbox)
    {
        _outbox = outbox;
        AppDomain.CurrentDomain.SetData(LiveKey, (Func<object, Action<object>>)(value => Show(value).Update));
    }

    public static DisplayedValue Show(object? value, params string[] mimeTypes)
    {
        var outbox = _outbox ?? throw new InvalidOperationException("display: expected to run in a notebook's cell.");
        var shown = new DisplayedValue($"display-{Interlocked.Increment(ref _count)}", mimeTypes, outbox.Show);
        shown.Update(value);
        return shown;
    }

    public static void Clear(bool wait) => _outbox?.Show(new ClearedOutput(wait));

    public static void Schedule(DisplayedValue display, long milliseconds)
    {
        lock (Pending)
        {
            if (Pending.Count == 0)
            {
                SendTimer.Change(milliseconds, Timeout.Infinite);
            }

            Pending.Add(display);
        }
    }

    /// <summary>Sends the throttled updates, when the timer fires or the cell ends.</summary>
    public static void SendPending()
    {
        DisplayedValue[] displays;
        lock (Pending)
        {
            displays = [.. Pending];
            Pending.Clear();
        }

        foreach (var display in displays)
        {
            display.SendPending();
        }
    }

    /// <summary>Sends the throttled updates on another thread; does nothing if the cell is stopped.</summary>
    public static void TrySendPending()
    {
        try
        {
            SendPending();
        }
        catch (CellStoppedException)
        {
            // A formatter contains stop checks, like any code in a cell.
        }
    }
}
