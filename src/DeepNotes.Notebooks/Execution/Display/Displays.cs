using DeepNotes.Notebooks.Documents;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The displays of the session, and the meeting point with libraries that show live output.</summary>
internal static class Displays
{
    /// <summary>Libraries find here a Func&lt;object, Action&lt;object&gt;&gt;: show this; the action replaces it.</summary>
    private const string LiveKey = "DeepNotes.Live";

    private static readonly HashSet<DisplayedValue> Waiting = [];
    private static readonly Timer Later = new(_ => TrySendPending());
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

    public static void SendLater(DisplayedValue display, long milliseconds)
    {
        lock (Waiting)
        {
            if (Waiting.Count == 0)
            {
                Later.Change(milliseconds, Timeout.Infinite);
            }

            Waiting.Add(display);
        }
    }

    /// <summary>Sends what updates are held back: their time has come, or the cell ends.</summary>
    public static void SendPending()
    {
        DisplayedValue[] displays;
        lock (Waiting)
        {
            displays = [.. Waiting];
            Waiting.Clear();
        }

        foreach (var display in displays)
        {
            display.SendPending();
        }
    }

    /// <summary>The same, outside the cell's own threads: when the cell is stopped meanwhile, what is shown stays.</summary>
    public static void TrySendPending()
    {
        try
        {
            SendPending();
        }
        catch (CellStoppedException)
        {
            // A formatter asked, as cells do, whether it should go on.
        }
    }
}
