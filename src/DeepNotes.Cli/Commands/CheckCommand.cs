using System.CommandLine;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Commands;

/// <summary>Executes notebooks and compares the outputs with the saved ones; writes nothing.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = SharedOptions.Paths();
        var fast = SharedOptions.Fast();
        fast.Description = "Less data and fewer epochs (also DEEPNOTES_FAST=1): checks assertions and structure.";
        var timeout = SharedOptions.Timeout();
        var jobs = SharedOptions.Jobs(1);
        var command = new ExampleCommand(
            "check", "Execute notebooks and compare the outputs with the saved ones. Writes nothing.",
            "deepnotes check          all chapters",
            "deepnotes check 00 04    two chapters",
            "deepnotes check --fast   assertions and structure only") { paths, fast, timeout, jobs };
        command.SetAction(async (result, cancellation) =>
        {
            var options = RunSettings.Options(context, RunSettings.Mode(result.GetValue(fast)), result.GetValue(timeout));
            var batch = new NotebookBatch(context, options, result.GetValue(jobs)) { AfterRun = Compare };
            var results = await batch.RunAsync(NotebookPaths.Resolve(result.GetValue(paths)!, context), cancellation);
            return results.All(notebook => notebook.Succeeded) ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static (string Remark, IReadOnlyList<string> Problems) Compare(NotebookRun run)
    {
        var comparison = NotebookComparison.Of(run);
        var problems = comparison.Differences.Select(Describe).ToList();
        var scope = comparison.FingerprintChanges.Count == 0
            ? "same bytes"
            : $"same structure ({string.Join(", ", comparison.FingerprintChanges)})";
        return (problems.Count == 0 ? scope : "differs", problems);
    }

    private static string Describe(NotebookDifference difference)
    {
        var location = difference.CellNumber == 0 ? difference.Kind : $"cell {difference.CellNumber}, {difference.Kind}";
        return $"{location}\n  - {difference.Old}\n  + {difference.New}";
    }
}
