using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// A C# script state in which cells are executed one after another. The headless runner and the Jupyter kernel both use
/// this interface; <see cref="SessionProcess"/> keeps the state in a separate process.
/// </summary>
public interface ISession : IAsyncDisposable
{
    /// <summary>
    /// Runs one cell. Outputs arrive through <paramref name="show"/> in order, while the cell runs: streams coalesced,
    /// and a <see cref="DisplayOutput"/> whose id was seen before as an update of it.
    /// </summary>
    Task<CellResult> ExecuteAsync(CellRequest request, Action<CellOutput> show, CancellationToken cancellation = default);

    /// <summary>Evaluates expressions in the current state, for figures quoted in prose; null for one that fails.</summary>
    Task<IReadOnlyList<string?>> EvaluateAsync(IReadOnlyList<QuotedExpression> expressions, CancellationToken cancellation = default);

    /// <summary>Stops the running cell and keeps the state; false when it does not stop in time and a restart is needed.</summary>
    Task<bool> InterruptAsync(TimeSpan timeout);
}

/// <summary>Extensions for every session.</summary>
public static class Sessions
{
    /// <summary>The text of one expression; null when it fails.</summary>
    public static async Task<string?> EvaluateAsync(
        this ISession session, string expression, string? format, CancellationToken cancellation = default) =>
        (await session.EvaluateAsync([new QuotedExpression(expression, format)], cancellation).ConfigureAwait(false))[0];
}

/// <param name="Code">A C# expression.</param>
/// <param name="Format">A .NET format string for its value; null for the default format.</param>
public readonly record struct QuotedExpression(string Code, string? Format);

/// <param name="Code">The cell's source.</param>
/// <param name="Name">The cell's name in stack traces: "cell 7".</param>
/// <param name="TimeLimit">The cell is interrupted after this time, and the process killed if that fails; null for no limit.</param>
public sealed record CellRequest(string Code, string Name, TimeSpan? TimeLimit = null)
{
    /// <summary>The cell's language where its metadata names one, as .NET Interactive does; null for C#.</summary>
    public string? Language { get; init; }

    /// <summary>Reads a line for <c>Console.ReadLine</c>; null where input is unavailable and the cell reads the end of the stream.</summary>
    public Func<Task<string?>>? ReadLine { get; init; }

    /// <summary>The next cell, which is compiled while this one runs; null where it is not known in advance, or where this cell measures time.</summary>
    public CellRequest? Next { get; init; }
}

/// <param name="Status">How it ended.</param>
/// <param name="Duration">Wall time in the session.</param>
/// <param name="ManagedBytes">Managed memory of the session after the cell.</param>
/// <param name="Error">The error, which was also shown; null when the cell succeeded.</param>
public sealed record CellResult(CellStatus Status, TimeSpan Duration, long ManagedBytes, ErrorOutput? Error);

public enum CellStatus
{
    Done,
    Failed,
    TimedOut,
    Interrupted,

    /// <summary>The process ended (stack overflow, Environment.Exit, out of memory), and the session with it.</summary>
    Crashed,
}
