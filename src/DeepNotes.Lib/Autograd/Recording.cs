using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Whether operations are recorded for <see cref="Tensor.Backward(bool, bool)"/>.</summary>
public static class Recording
{
    private static readonly AsyncLocal<bool> Paused = new();

    /// <summary>True unless inside <see cref="Pause"/>.</summary>
    public static bool IsOn => !Paused.Value;

    /// <summary>Records nothing until the result is disposed: for evaluation, and for the updates of an optimizer.</summary>
    public static IDisposable Pause()
    {
        var before = Paused.Value;
        Paused.Value = true;
        return new Scope(() => Paused.Value = before);
    }
}
