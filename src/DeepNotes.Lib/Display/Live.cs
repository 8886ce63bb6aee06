namespace DeepNotes;

/// <summary>
/// Output that changes while a cell runs: a progress bar, a curve that grows. The notebook host supplies the sink: ours
/// through <see cref="SinkName"/>, that of .NET Interactive by reflection. Without a host it is silent.
/// </summary>
public static class Live
{
    /// <summary>
    /// The name of the application-domain datum under which a host puts its <c>Func&lt;object, Action&lt;object&gt;&gt;</c>:
    /// show this now; the action returned shows another value in its place.
    /// </summary>
    public const string SinkName = "DeepNotes.Live";

    /// <summary>The name of the datum under which a host puts a <see cref="CancellationToken"/> of the running cell.</summary>
    public const string CancellationName = "DeepNotes.Cancellation";

    /// <summary>Cancelled when the reader interrupts the running cell; never where the host does not say.</summary>
    public static CancellationToken Cancellation =>
        AppDomain.CurrentDomain.GetData(CancellationName) is CancellationToken token
            ? token
            : InteractiveSink.Cancellation ?? CancellationToken.None;

    /// <summary>Equal for all that one execution of a cell does, and different for the next.</summary>
    internal static object? Cell => AppDomain.CurrentDomain.GetData(CancellationName) ?? InteractiveSink.CurrentCell;

    /// <summary>Whether a host is there to show anything.</summary>
    public static bool HasSink => Sink() is not null;

    /// <summary>Shows a value now and returns a handle to change it.</summary>
    public static LiveDisplay Show(object value) => new(Sink()?.Invoke(value));

    private static Func<object, Action<object>>? Sink() =>
        AppDomain.CurrentDomain.GetData(SinkName) as Func<object, Action<object>> ?? InteractiveSink.Find();
}

/// <summary>A shown value that can be replaced.</summary>
public sealed class LiveDisplay
{
    private readonly Action<object>? _update;

    internal LiveDisplay(Action<object>? update) => _update = update;

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object value) => _update?.Invoke(value);
}
