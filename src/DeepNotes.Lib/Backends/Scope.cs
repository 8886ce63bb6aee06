namespace DeepNotes.Backends;

/// <summary>Runs an action once, when a using block ends.</summary>
internal sealed class Scope(Action end) : IDisposable
{
    private Action? _end = end;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
