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

    /// <summary>Whether anything is executed at all.</summary>
    public bool Executes(ParseResult result) => !result.GetValue(_saved);

    /// <summary>Whether chapters are executed fast, as a check of what they say.</summary>
    public bool Checks(ParseResult result) => Executes(result) && !result.GetValue(_full);

    /// <summary>The documents, and whether these are all: a notebook that can't be read or started is shown and left out.</summary>
    /// <exception cref="CommandFailure">A chapter failed, or none can be read; each failure has been shown.</exception>
    public async Task<(IReadOnlyList<NotebookDocument> Documents, bool AreAll)> GetAsync(
        IReadOnlyList<string> paths, ParseResult result, CommandContext context, CancellationToken cancellation)
    {
        if (result.GetValue(_saved))
        {
            return Load(paths, context);
        }

        await RealData.TryGetAsync(context, cancellation);
        var mode = result.GetValue(_full) ? RunMode.Full : RunMode.Fast;
        var options = RunSettings.Options(context, mode, result.GetValue(_timeout));
        var batch = new NotebookBatch(context, options, result.GetValue(_jobs))
        {
            Cache = RunSettings.Cache(context),
            Finish = _ => ("executed", []),
        };
        var results = await batch.RunAsync(paths, cancellation);
        var failed = results.Count(notebook => !notebook.IsGood && notebook.Cells.Count > 0);
        return failed == 0
            ? Found([.. results.Select(notebook => notebook.Executed).OfType<NotebookDocument>()], results.Count)
            : throw new CommandFailure($"{failed} of {results.Count} notebooks failed, so nothing was made of them.");
    }

    private static (IReadOnlyList<NotebookDocument> Documents, bool AreAll) Found(List<NotebookDocument> documents, int count) =>
        documents.Count > 0
            ? (documents, documents.Count == count)
            : throw new CommandFailure($"None of {count} notebooks can be read and started, so nothing was made of them.");

    private static (IReadOnlyList<NotebookDocument> Documents, bool AreAll) Load(IReadOnlyList<string> paths, CommandContext context)
    {
        var documents = new List<NotebookDocument>();
        foreach (var path in paths)
        {
            try
            {
                documents.Add(NotebookDocument.Load(path));
            }
            catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException)
            {
                context.Error.WriteLine(RunSummary.Located(context, path, ErrorText.Of(error, context.ShowsTraces)));
            }
        }

        return Found(documents, paths.Count);
    }
}
