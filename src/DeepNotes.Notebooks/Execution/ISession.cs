using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// A running C# state that cells are executed in, one after the other. The headless runner and the Jupyter kernel
/// both talk to this; the session process keeps the state in a process of its own.
/// </summary>
public interface ISession : IAsyncDisposable
{
    /// <summary>
    /// Runs one cell. Outputs arrive through <paramref name="show"/> in order, while the cell runs: streams coalesced,
    /// and a <see cref="DisplayOutput"/> whose id was seen before as an update of it.
    /// </summary>
    Task<CellResult> ExecuteAsync(CellRequest request, Action<CellOutput> show, CancellationToken cancellation = default);

    /// <summary>The texts of expressions in the present state, for figures quoted in prose; null for one that fails.</summary>
    Task<IReadOnlyList<string?>> EvaluateAsync(IReadOnlyList<QuotedExpression> expressions, CancellationToken cancellation = default);

    /// <summary>Stops the running cell and keeps the state; false when it can't be stopped and a restart is needed.</summary>
    Task<bool> InterruptAsync(TimeSpan patience);
}

/// <summary>What can be asked of every session.</summary>
public static class Sessions
{
    /// <summary>The text of one expression; null when it fails.</summary>
    public static async Task<string?> EvaluateAsync(
        this ISession session, string expression, string? format, CancellationToken cancellation = default) =>
        (await session.EvaluateAsync([new QuotedExpression(expression, format)], cancellation).ConfigureAwait(false))[0];
}

/// <param name="Code">An expression in C#.</param>
/// <param name="Format">A format string of .NET for its value; null for the usual text.</param>
public readonly record struct QuotedExpression(string Code, string? Format);

/// <param name="Code">The cell's source.</param>
/// <param name="Name">How traces name the cell: "cell 7".</param>
/// <param name="TimeLimit">After this the cell is interrupted, and the process ended if that does not help; null for none.</param>
public sealed record CellRequest(string Code, string Name, TimeSpan? TimeLimit = null)
{
    /// <summary>The cell's language where its metadata names one, as .NET Interactive does; null for C#.</summary>
    public string? Language { get; init; }

    /// <summary>Gets a line for <c>Console.ReadLine</c>; null where nobody can be asked, and the cell reads the end of its input.</summary>
    public Func<Task<string?>>? ReadLine { get; init; }

    /// <summary>The cell that will follow this one, which is compiled while this one runs; null where nobody knows, or where this one measures time.</summary>
    public CellRequest? Next { get; init; }
}

/// <param name="Status">How it ended.</param>
/// <param name="Duration">Wall time in the session.</param>
/// <param name="ManagedBytes">Managed memory of the session after the cell.</param>
/// <param name="Error">What failed, as it was also shown; null when the cell is done.</param>
public sealed record CellResult(CellStatus Status, TimeSpan Duration, long ManagedBytes, ErrorOutput? Error);

public enum CellStatus
{
    Done,
    Failed,
    TimedOut,
    Interrupted,

    /// <summary>The process ended: a stack overflow, Environment.Exit, out of memory. The session is over.</summary>
    Crashed,
}
