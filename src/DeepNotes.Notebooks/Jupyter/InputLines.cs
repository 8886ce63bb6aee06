namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The line that a cell waits for: one at a time, as one cell runs at a time.</summary>
internal sealed class InputLines
{
    private TaskCompletionSource<string>? _expected;

    public Task<string> Expect()
    {
        var line = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _expected, line)?.TrySetCanceled();
        return line.Task;
    }

    /// <summary>A line that nobody waits for is dropped.</summary>
    public void Receive(string line) => Interlocked.Exchange(ref _expected, null)?.TrySetResult(line);
}
