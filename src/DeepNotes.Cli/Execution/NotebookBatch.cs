using System.Collections.Concurrent;
using System.Diagnostics;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>Executes several notebooks, each in its own session; a failure does not stop the others.</summary>
internal sealed class NotebookBatch(CommandContext context, RunOptions options, int jobs)
{
    private readonly NotebookRunner _runner = new(context.StartSession);

    /// <summary>Cached runs of unchanged notebooks; null executes every notebook.</summary>
    public ExecutionCache? Cache { get; init; }

    /// <summary>Called before any cell is executed; an exception fails the notebook.</summary>
    public Action<NotebookDocument> BeforeRun { get; init; } = _ => { };

    /// <summary>Called after a successful run; returns a remark for the summary, and the problems found.</summary>
    public required Func<NotebookRun, (string Remark, IReadOnlyList<string> Problems)> AfterRun { get; init; }

    /// <summary>Executes the notebooks, prints a summary and the problems, and returns the results in the order of the paths.</summary>
    public async Task<IReadOnlyList<NotebookResult>> RunAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var results = new ConcurrentDictionary<string, NotebookResult>();
        await RunProgress.For(context).ShowAsync(paths, async progress =>
            await Parallel.ForEachAsync(
                paths,
                new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
                async (path, stop) =>
                {
                    results[path] = await RunOneAsync(path, progress, stop);
                    progress.ReportFinished(results[path]);
                }));

        var ordered = paths.Select(path => results[path]).ToList();
        RunSummary.Write(context, ordered);
        return ordered;
    }

    private async Task<NotebookResult> RunOneAsync(string path, RunProgress progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        NotebookRun? run = null;
        try
        {
            var notebook = NotebookDocument.Load(path);
            if (Cache?.Find(notebook, options.Fingerprint) is { } cached)
            {
                return new(path, cached, [], [], "unchanged", clock.Elapsed);
            }

            BeforeRun(notebook);
            run = await _runner.RunAsync(notebook, options, step => progress.Report(path, step), cancellation);
            if (!run.Succeeded)
            {
                return new(path, null, run.Cells, Problems(run), "failed", clock.Elapsed);
            }

            Cache?.Store(run, options.Fingerprint);
            var (remark, problems) = AfterRun(run);
            return new(path, run.Document, run.Cells, problems, remark, clock.Elapsed);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new(path, null, run?.Cells ?? [], [ErrorText.Of(error, context.ShowStackTraces)], "failed", clock.Elapsed);
        }
    }

    private List<string> Problems(NotebookRun run) => [.. run.Failures.Select(failure =>
        context.ShowStackTraces && failure.Trace.Count > 0
            ? $"{failure}\n{string.Join('\n', failure.Trace)}"
            : failure.ToString().Split('\n')[0])];
}

/// <summary>The result of a command for one notebook.</summary>
/// <param name="Path">The notebook's file.</param>
/// <param name="Executed">The executed document; null if the notebook could not be read or its run failed.</param>
/// <param name="Cells">The executed cells; empty if the run comes from the cache.</param>
/// <param name="Problems">One line each; empty on success.</param>
/// <param name="Remark">A word for the summary: "saved", "unchanged".</param>
/// <param name="Elapsed">Elapsed time, including the start of the session.</param>
internal sealed record NotebookResult(
    string Path,
    NotebookDocument? Executed,
    IReadOnlyList<CellReport> Cells,
    IReadOnlyList<string> Problems,
    string Remark,
    TimeSpan Elapsed)
{
    public bool Succeeded => Problems.Count == 0;
}
