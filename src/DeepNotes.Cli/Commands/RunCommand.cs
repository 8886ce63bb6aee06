using System.CommandLine;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Commands;

/// <summary>Executes notebooks, and saves those that succeed.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = SharedOptions.Paths();
        var fast = SharedOptions.Fast();
        var timeout = SharedOptions.Timeout();
        var jobs = SharedOptions.Jobs(1);
        var command = new ExampleCommand(
            "run", "Execute notebooks and save their outputs (only when every cell succeeds).",
            "deepnotes run 00                              one chapter",
            "deepnotes run notebooks --fast                all chapters, quickly, into out/notebooks/",
            "deepnotes run notebooks/0*.ipynb --timeout 30") { paths, fast, timeout, jobs };
        command.SetAction(async (result, cancellation) =>
        {
            var mode = RunSettings.Mode(result.GetValue(fast));
            var batch = new NotebookBatch(context, RunSettings.Options(context, mode, result.GetValue(timeout)), result.GetValue(jobs))
            {
                Finish = run => (Save(run, mode, context), []),
            };
            var results = await batch.RunAsync(NotebookPaths.Resolve(result.GetValue(paths)!, context), cancellation);
            return results.All(notebook => notebook.IsGood) ? ExitCode.Good : ExitCode.Failed;
        });
        return command;
    }

    private static string Save(NotebookRun run, RunMode mode, CommandContext context)
    {
        if (mode == RunMode.Full)
        {
            run.Save();
            return "saved";
        }

        var path = Path.Combine(context.Repository.Output, "notebooks", Path.GetFileName(run.Original.Path));
        run.Document.SaveAs(path);
        return context.Shown(path);
    }
}
