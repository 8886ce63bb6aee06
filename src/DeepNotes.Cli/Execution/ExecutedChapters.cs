using System.CommandLine;
using DeepNotes.Cli.Commands;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>
/// Options and executed documents of the commands that process them: a fast run by default, of notebooks that changed
/// since the last one; with --saved, the saved documents.
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

    /// <summary>Whether notebooks are executed.</summary>
    public bool Executes(ParseResult result) => !result.GetValue(_saved);

    /// <summary>Whether notebooks are executed with fast settings, as a check of their claims.</summary>
    public bool Checks(ParseResult result) => Executes(result) && !result.GetValue(_full);

    /// <summary>The documents, and whether all could be loaded: a notebook that cannot be read or started is reported and omitted.</summary>
    /// <exception cref="CommandFailure">A notebook failed, or none can be read; each failure has been reported.</exception>
    public async Task<(IReadOnlyList<NotebookDocument> Documents, bool AllLoaded)> GetAsync(
        IReadOnlyList<string> paths, ParseResult result, CommandContext context, CancellationToken cancellation)
    {
        if (result.GetValue(_saved))
        {
            return Load(paths, context);
        }

        await RealData.TryDownloadAsync(context, cancellation);
        var mode = result.GetValue(_full) ? RunMode.Full : RunMode.Fast;
        var options = RunSettings.Options(context, mode, result.GetValue(_timeout));
        var batch = new NotebookBatch(context, options, result.GetValue(_jobs))
        {
            Cache = RunSettings.Cache(context),
            AfterRun = _ => ("executed", []),
        };
        var results = await batch.RunAsync(paths, cancellation);
        var failed = results.Count(notebook => !notebook.Succeeded && notebook.Cells.Count > 0);
        return failed == 0
            ? RequireAny([.. results.Select(notebook => notebook.Executed).OfType<NotebookDocument>()], results.Count)
            : throw new CommandFailure($"{failed} of {results.Count} notebooks failed, so nothing was written.");
    }

    private static (IReadOnlyList<NotebookDocument> Documents, bool AllLoaded) RequireAny(List<NotebookDocument> documents, int count) =>
        documents.Count > 0
            ? (documents, documents.Count == count)
            : throw new CommandFailure($"None of {count} notebooks could be read and started, so nothing was written.");

    private static (IReadOnlyList<NotebookDocument> Documents, bool AllLoaded) Load(IReadOnlyList<string> paths, CommandContext context)
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
                context.Error.WriteLine(RunSummary.WithPath(context, path, ErrorText.Of(error, context.ShowStackTraces)));
            }
        }

        return RequireAny(documents, paths.Count);
    }
}

/// <summary>
/// Downloads MNIST once before the chapters are executed, so that the book shows real digits: only in a clone, and
/// unless the user has chosen other data. Without a network, generated digits are used.
/// </summary>
internal static class RealData
{
    public static async Task TryDownloadAsync(CommandContext context, CancellationToken cancellation)
    {
        if (!context.Workspace.IsClone || !CommandContext.MayDownload || context.DescribeData() != CommandContext.GeneratedData)
        {
            return;
        }

        try
        {
            await DownloadDisplay.ShowAsync(context, async progress =>
            {
                await context.DownloadRealData(progress, cancellation);
                return true;
            });
        }
        catch (DownloadException error)
        {
            context.Output.WriteLine($"MNIST is not available; generated digits are used instead. {error.Message}");
        }
    }
}
