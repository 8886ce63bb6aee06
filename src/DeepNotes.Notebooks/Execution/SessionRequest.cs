using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A request in progress in the session's process.</summary>
internal sealed class SessionRequest(int id, string name, Action<CellOutput> show, Func<Task<string?>>? readLine = null)
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _showFailure;

    public int Id => id;

    public string Name => name;

    /// <summary>Completes when the process begins the request; the first cell waits for the compiler's warm-up.</summary>
    public Task Began => _began.Task;

    public Task Ended => _ended.Task;

    /// <summary>Null until the request has ended, and when the process ended instead.</summary>
    public JsonObject? Answer { get; private set; }

    public void Begin() => _began.TrySetResult();

    public void End(JsonObject answer)
    {
        Answer = answer;
        _ended.TrySetResult();
    }

    /// <summary>Reads a line from the front end; null when there is none, or reading failed.</summary>
    public async Task<string?> ReadLineAsync()
    {
        try
        {
            return readLine is null ? null : await readLine().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _showFailure ??= ExceptionDispatchInfo.Capture(error);
            return null;
        }
    }

    /// <summary>Passes an output to the caller; an exception of the callback is rethrown in the caller's own task.</summary>
    public void Show(CellOutput output)
    {
        try
        {
            if (_showFailure is null)
            {
                show(output);
            }
        }
        catch (Exception error)
        {
            _showFailure = ExceptionDispatchInfo.Capture(error);
        }
    }

    public void ThrowIfShowFailed() => _showFailure?.Throw();
}
