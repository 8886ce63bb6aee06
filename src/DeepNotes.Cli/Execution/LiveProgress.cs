using System.Collections.Concurrent;
using DeepNotes.Notebooks.Running;
using Spectre.Console;

namespace DeepNotes.Cli.Execution;

/// <summary>A bar per notebook, redrawn while its cells run.</summary>
internal sealed class LiveProgress(CommandContext context) : RunProgress
{
    private readonly ConcurrentDictionary<string, ProgressTask> _bars = new();

    public override Task ShowAsync(IReadOnlyList<string> paths, Func<RunProgress, Task> work) => context.CreateConsole()
        .Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async live =>
        {
            foreach (var path in paths)
            {
                _bars[path] = live.AddTask(Name(path), autoStart: false);
            }

            await work(this);
        });

    public override void Report(string path, CellProgress step)
    {
        var bar = _bars[path];
        if (!bar.IsStarted)
        {
            bar.StartTask();
        }

        bar.MaxValue = step.Count;
        bar.Value = step.Status is null ? step.Position - 1 : step.Position;
        bar.Description = $"{Name(path)} [grey]cell {step.CellNumber} ({step.Position}/{step.Count})[/]";
    }

    public override void Finished(NotebookResult result)
    {
        var bar = _bars[result.Path];
        bar.Value = bar.MaxValue;
        bar.Description = $"{Name(result.Path)} {(result.IsGood ? "[green]" : "[red]")}{Markup.Escape(result.Remark)}[/]";
        bar.StopTask();
    }

    private static string Name(string path) => Markup.Escape(Path.GetFileNameWithoutExtension(path));
}
