namespace DeepNotes;

/// <summary>
/// Output that changes while a cell runs, such as a progress bar or a growing curve. The notebook host supplies the sink:
/// ours through <see cref="SinkName"/>, .NET Interactive through reflection. Without a host, nothing is shown.
/// </summary>
public static class Live
{
    /// <summary>
    /// The name of the application-domain data slot for a host's <c>Func&lt;object, Action&lt;object&gt;&gt;</c>, which shows a
    /// value and returns an action that replaces it by another.
    /// </summary>
    public const string SinkName = "DeepNotes.Live";

    /// <summary>The name of the data slot for the <see cref="CancellationToken"/> of the running cell.</summary>
    public const string CancellationName = "DeepNotes.Cancellation";

    /// <summary>Cancelled when the reader interrupts the running cell; <see cref="CancellationToken.None"/> without support by the host.</summary>
    public static CancellationToken Cancellation =>
        AppDomain.CurrentDomain.GetData(CancellationName) is CancellationToken token
            ? token
            : InteractiveSink.Cancellation ?? CancellationToken.None;

    /// <summary>Identifies one execution of a cell: equal within it, different for the next.</summary>
    internal static object? Cell => AppDomain.CurrentDomain.GetData(CancellationName) ?? InteractiveSink.CurrentCell;

    /// <summary>Whether there is a host to show values.</summary>
    public static bool HasSink => Sink() is not null;

    /// <summary>Shows a value and returns a handle to replace it.</summary>
    public static LiveDisplay Show(object value) => new(Sink()?.Invoke(value));

    private static Func<object, Action<object>>? Sink() =>
        AppDomain.CurrentDomain.GetData(SinkName) as Func<object, Action<object>> ?? InteractiveSink.Find();
}

/// <summary>A displayed value that can be replaced.</summary>
public sealed class LiveDisplay
{
    private readonly Action<object>? _update;

    internal LiveDisplay(Action<object>? update) => _update = update;

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object value) => _update?.Invoke(value);
}
