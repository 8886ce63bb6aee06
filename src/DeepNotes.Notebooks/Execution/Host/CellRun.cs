using System.Diagnostics.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// One execution of compiled code, and how it is stopped: by the checks written into it and by waking it from waits
/// first, by aborting its threads after that. Whatever resists both ends with the process.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its cancellation sources have no timer to release, and a late stop may still use them.")]
internal sealed class CellRun(Action<Exception> unhandled)
{
    /// <summary>Libraries find here a CancellationToken of the running cell.</summary>
    private const string CancellationKey = "DeepNotes.Cancellation";

    private static readonly TimeSpan WakeInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AbortAfter = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan ThreadsMayTake = TimeSpan.FromMilliseconds(200);

    private readonly CellThreads _threads = new(unhandled);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Lock _gate = new();
    private volatile bool _stopping;

    /// <summary>For what runs before the cell's own code: compiling, restoring packages.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    public bool WasStopped => _stopping;

    /// <summary>Of the cell that runs now, or that has run last.</summary>
    public static CancellationToken CurrentCancellation => AppDomain.CurrentDomain.GetData(CancellationKey) is CancellationToken token ? token : default;

    /// <summary>Runs the code and what shows its value, and returns the exception that ended it, if any.</summary>
    public Exception? Execute(Func<Task<object?>> code, Action<object?> use)
    {
        AppDomain.CurrentDomain.SetData(CancellationKey, Cancellation);
        Exception? failure = null;
        var thread = _threads.Start(() =>
        {
            try
            {
                use(Wait(code()));
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Join();
        return failure;
    }

    /// <summary>After this a stop does nothing; what the cell left running goes on, unless it was stopped.</summary>
    public void End()
    {
        if (WasStopped)
        {
            // Its threads, and loops that it started on the thread pool, need a moment to see that they should end.
            _threads.Close(ThreadsMayTake);
            Thread.Sleep(WakeInterval);
        }

        lock (_gate)
        {
            _ended.Set();
            CellInterrupt.Requested = false;
        }
    }

    /// <summary>Begins to stop the run, and returns at once.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_stopping || _ended.IsSet)
            {
                return;
            }

            _stopping = true;
            CellInterrupt.Requested = true;
        }

        new Thread(StopStepByStep) { IsBackground = true, Name = "stop" }.Start();
    }

    private void StopStepByStep()
    {
        _cancellation.CancelAsync();
        var waited = TimeSpan.Zero;
        while (!_ended.Wait(WakeInterval))
        {
            _threads.WakeFromWaits();
            waited += WakeInterval;
            if (waited == AbortAfter)
            {
                // May block for as long as a thread can't be aborted: on a thread of its own.
                new Thread(_threads.Abort) { IsBackground = true, Name = "abort" }.Start();
            }
        }
    }

    private static object? Wait(Task<object?> task)
    {
        if (!task.IsCompleted)
        {
            using var completed = new ManualResetEventSlim();
            task.ContinueWith(
                _ => completed.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            completed.Wait();
        }

        return task.GetAwaiter().GetResult();
    }
}
