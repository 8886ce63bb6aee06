using System.Diagnostics.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// One execution of compiled code, which can be stopped: by the inserted checks and by interrupting waits first, by aborting
/// its threads after that. Code that resists both is stopped only by killing the process.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its cancellation sources have no timer to release, and a late stop may still use them.")]
internal sealed class CellRun(Action<Exception> unhandled)
{
    /// <summary>The AppDomain data slot in which libraries find the CancellationToken of the running cell.</summary>
    private const string CancellationKey = "DeepNotes.Cancellation";

    private static readonly TimeSpan WakeInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AbortAfter = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan ThreadExitLimit = TimeSpan.FromMilliseconds(200);

    private readonly CellThreads _threads = new(unhandled);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Lock _gate = new();
    private volatile bool _stopping;

    /// <summary>Cancels the work before the cell's own code: compiling, restoring packages.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    public bool WasStopped => _stopping;

    /// <summary>The token of the running cell, or of the last one.</summary>
    public static CancellationToken CurrentCancellation => AppDomain.CurrentDomain.GetData(CancellationKey) is CancellationToken token ? token : default;

    /// <summary>Runs the code, passes its value to <paramref name="use"/>, and returns the exception that ended it, if any.</summary>
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

    /// <summary>Ends the run: later stops have no effect. Work that the cell left running continues, unless it was stopped.</summary>
    public void End()
    {
        if (WasStopped)
        {
            // Its threads, and loops that it started on the thread pool, need a moment to reach the next check.
            _threads.Close(ThreadExitLimit);
            Thread.Sleep(WakeInterval);
        }

        lock (_gate)
        {
            _ended.Set();
            CellInterrupt.Requested = false;
        }
    }

    /// <summary>Starts stopping the run and returns immediately.</summary>
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
                // On a separate thread, because it blocks for as long as a thread can't be aborted.
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
