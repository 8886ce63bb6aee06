using System.CommandLine;
using DeepNotes.Cli.Commands;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>
/// Executed documents for the commands that make something of them: fast unless told otherwise, and only what changed
/// since the last time; or, with --saved, what the notebooks hold.
/// </summary>
internal sealed class ExecutedChapters
{
    private readonly Option<bool> _full = SharedOptions.Full();
    private readonly Option<bool> _saved = SharedOptions.Saved();
    private readonly Option<double> _timeout = SharedOptions.Timeout();
    private readonly Option<int> _jobs = SharedOptions.Jobs(Math.Max(1, Environment.ProcessorCount / 2));

    public void AddTo(Command command)
    {
        command.Add(_full);
        command.Add(_saved);
        command.Add(_timeout);
        command.Add(_jobs);
        command.Exclude(_full, _saved);
    }

    /// <exception cref="CommandFailure">A chapter failed; each failure has been shown.</exception>
    public async Task<IReadOnlyList<NotebookDocument>> GetAsync(
        IReadOnlyList<string> paths, ParseResult result, CommandContext context, CancellationToken cancellation)
    {
        if (result.GetValue(_saved))
        {
            return [.. paths.Select(NotebookDocument.Load)];
        }

        var mode = result.GetValue(_full) ? RunMode.Full : RunMode.Fast;
        var options = RunSettings.Options(context, mode, result.GetValue(_timeout));
        var batch = new NotebookBatch(context, options, result.GetValue(_jobs))
        {
            Cache = RunSettings.Cache(context),
            Finish = _ => ("executed", []),
        };
        var results = await batch.RunAsync(paths, cancellation);
        var failed = results.Count(notebook => !notebook.IsGood);
        return failed == 0
            ? [.. results.Select(notebook => notebook.Executed!)]
            : throw new CommandFailure($"{failed} of {results.Count} notebooks failed, so nothing was made of them.");
    }
}
