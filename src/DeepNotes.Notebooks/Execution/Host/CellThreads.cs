using System.Diagnostics.CodeAnalysis;
using System.Runtime;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The threads of one cell: one runs it, others continue it after awaits. They behave like the thread pool (a cell may block
/// on its own tasks), but all of them are tracked, so that each can be interrupted in a wait and, as the last resort inside
/// the process, aborted. Work that a cell leaves running continues after its end.
/// </summary>
/// <param name="unhandled">Receives the exceptions of <c>async void</c> methods, which no caller can observe.</param>
[SuppressMessage("Design", "CA1001", Justification = "Its cancellation sources have no timer to release, and a late stop may still use them.")]
internal sealed class CellThreads(Action<Exception> unhandled) : SynchronizationContext
{
    // Recursion deeper than the default stack is common in notebooks; infinite recursion still ends within a second or two.
    private const int StackBytes = 16 << 20;

    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<Action> _continuations = new();
    private readonly List<Thread> _threads = [];
    private readonly CancellationTokenSource _abort = new();
    private int _idle;
    private bool _closed;

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs a continuation on a free thread.</summary>
    public override void Post(SendOrPostCallback callback, object? state)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _continuations.Enqueue(() => callback(state));
            if (_continuations.Count > _idle)
            {
                Start(Continue);
            }

            Monitor.Pulse(_gate);
        }
    }

    public override void Send(SendOrPostCallback callback, object? state) => callback(state);

    public Thread Start(Action action)
    {
        lock (_gate)
        {
            var thread = new Thread(() => Guard(action), StackBytes) { IsBackground = true, Name = "cell" };
            _threads.Add(thread);
            thread.Start();
            return thread;
        }
    }

    /// <summary>Interrupts sleeps and waits of the cell's threads with a ThreadInterruptedException.</summary>
    public void WakeFromWaits()
    {
        foreach (var thread in Alive())
        {
            thread.Interrupt();
        }
    }

    /// <summary>Aborts the threads. The call itself may block for as long as a thread can't be aborted.</summary>
    public void Abort() => _abort.Cancel();

    /// <summary>After a stop: drops queued continuations and waits for the threads to end.</summary>
    public void Close(TimeSpan timeout)
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        var end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        foreach (var thread in Alive())
        {
            thread.Join((int)Math.Max(0, end - Environment.TickCount64));
        }
    }

    private Thread[] Alive()
    {
        lock (_gate)
        {
            _threads.RemoveAll(thread => !thread.IsAlive);
            return [.. _threads];
        }
    }

    private void Guard(Action action)
    {
        SetSynchronizationContext(this);
        try
        {
            // The successor of Thread.Abort. It can corrupt the process, which is then replaced.
#pragma warning disable SYSLIB0046
            ControlledExecution.Run(action, _abort.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception error) when (error is OperationCanceledException or ThreadInterruptedException)
        {
            // Stopped: reported by the caller that waits for the cell.
        }
        catch (Exception error)
        {
            unhandled(error);
        }
    }

    private void Continue()
    {
        while (NextContinuation() is { } continuation)
        {
            continuation();
        }
    }

    private Action? NextContinuation()
    {
        lock (_gate)
        {
            _idle++;
            try
            {
                while (_continuations.Count == 0 && !_closed && Monitor.Wait(_gate, IdleLimit))
                {
                }
            }
            finally
            {
                _idle--;
            }

            return !_closed && _continuations.TryDequeue(out var next) ? next : null;
        }
    }
}
