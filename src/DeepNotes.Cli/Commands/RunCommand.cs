using System.Collections.Concurrent;
using System.CommandLine;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Commands;

/// <summary>Executes notebooks and saves those that succeed.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = SharedOptions.Paths();
        var fast = SharedOptions.Fast();
        var timeout = SharedOptions.Timeout();
        var jobs = SharedOptions.Jobs(1);
        var command = new ExampleCommand(
            "run", "Execute notebooks and save their outputs, if every cell succeeds. The rest of the file is unchanged. Notebooks in other languages, and those that cannot be saved, are rejected before they run.",
            "deepnotes run 00                              one chapter",
            "deepnotes run notebooks --fast                all chapters, quickly, into out/notebooks/",
            "deepnotes run notebooks/0*.ipynb --timeout 30") { paths, fast, timeout, jobs };
        command.SetAction(async (result, cancellation) =>
        {
            var mode = RunSettings.Mode(result.GetValue(fast));
            var targets = new ConcurrentDictionary<string, string>();
            var batch = new NotebookBatch(context, RunSettings.Options(context, mode, result.GetValue(timeout)), result.GetValue(jobs))
            {
                BeforeRun = notebook => Claim(Target(notebook, mode, context), notebook.Path, targets),
                AfterRun = run => (Save(run, mode, context), []),
            };
            var results = await batch.RunAsync(NotebookPaths.Resolve(result.GetValue(paths)!, context), cancellation);
            return results.All(notebook => notebook.Succeeded) ? ExitCode.Success : ExitCode.Failed;
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

        var path = Target(run.Original, mode, context);
        run.SaveAs(path);
        return context.DisplayPath(path);
    }

    // Checked before a run that may take hours: the file is writable, and no other notebook is saved to it.
    private static void Claim(string target, string path, ConcurrentDictionary<string, string> targets)
    {
        AtomicFile.RequireWritable(target);
        if (targets.GetOrAdd(target, path) is var first && first != path)
        {
            throw new CommandFailure($"{path}: {first} is already saved as {target}. Run them one at a time, or rename one.");
        }
    }

    private static string Target(NotebookDocument notebook, RunMode mode, CommandContext context) => mode == RunMode.Full
        ? notebook.Path : Path.Combine(context.Workspace.Output, "notebooks", Path.GetFileName(notebook.Path));
}
