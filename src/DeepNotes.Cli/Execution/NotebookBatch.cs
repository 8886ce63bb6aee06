using System.Collections.Concurrent;
using System.Diagnostics;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>Executes several notebooks, each in a session of its own; one that fails does not stop the others.</summary>
internal sealed class NotebookBatch(CommandContext context, RunOptions options, int jobs)
{
    private readonly NotebookRunner _runner = new(context.StartSession);

    /// <summary>Runs already made of unchanged notebooks; null executes all anew.</summary>
    public ExecutionCache? Cache { get; init; }

    /// <summary>Checked before any cell is executed: an exception is the notebook's failure.</summary>
    public Action<NotebookDocument> Begin { get; init; } = _ => { };

    /// <summary>What follows a run that succeeded: its remark, and the problems found. Executed cells count as done.</summary>
    public required Func<NotebookRun, (string Remark, IReadOnlyList<string> Problems)> Finish { get; init; }

    /// <summary>Results in the order of the paths, after a summary table and the list of problems was shown.</summary>
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
                    progress.Finished(results[path]);
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

            Begin(notebook);
            run = await _runner.RunAsync(notebook, options, step => progress.Report(path, step), cancellation);
            if (!run.Succeeded)
            {
                return new(path, null, run.Cells, Problems(run), "failed", clock.Elapsed);
            }

            Cache?.Store(run, options.Fingerprint);
            var (remark, problems) = Finish(run);
            return new(path, run.Document, run.Cells, problems, remark, clock.Elapsed);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new(path, null, run?.Cells ?? [], [ErrorText.Of(error, context.ShowsTraces)], "failed", clock.Elapsed);
        }
    }

    private List<string> Problems(NotebookRun run) => [.. run.Failures.Select(failure =>
        context.ShowsTraces && failure.Trace.Count > 0
            ? $"{failure}\n{string.Join('\n', failure.Trace)}"
            : failure.ToString().Split('\n')[0])];
}
