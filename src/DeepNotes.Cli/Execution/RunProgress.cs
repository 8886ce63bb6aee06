using System.Collections.Concurrent;
using DeepNotes.Notebooks.Running;
using Spectre.Console;

namespace DeepNotes.Cli.Execution;

/// <summary>Shows the progress of notebooks: progress bars on a terminal, otherwise one line per cell.</summary>
internal abstract class RunProgress
{
    public static RunProgress For(CommandContext context) => context.IsLive ? new LiveProgress(context) : new PlainProgress(context);

    public abstract Task ShowAsync(IReadOnlyList<string> paths, Func<RunProgress, Task> work);

    /// <summary>Reports that a cell started or ended; thread-safe.</summary>
    public abstract void Report(string path, CellProgress step);

    public abstract void ReportFinished(NotebookResult result);
}

/// <summary>Shows a progress bar per notebook, for terminals.</summary>
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

    public override void ReportFinished(NotebookResult result)
    {
        var bar = _bars[result.Path];
        bar.Value = bar.MaxValue;
        bar.Description = $"{Name(result.Path)} {(result.Succeeded ? "[green]" : "[red]")}{Markup.Escape(result.Remark)}[/]";
        bar.StopTask();
    }

    private static string Name(string path) => Markup.Escape(Path.GetFileNameWithoutExtension(path));
}

/// <summary>Writes one line per executed cell, for logs.</summary>
internal sealed class PlainProgress(CommandContext context) : RunProgress
{
    private readonly Lock _lock = new();

    public override Task ShowAsync(IReadOnlyList<string> paths, Func<RunProgress, Task> work) => work(this);

    public override void Report(string path, CellProgress step)
    {
        if (step.Status is { } status)
        {
            WriteLine($"{step.Notebook.Name}  cell {step.CellNumber} ({step.Position}/{step.Count})  {status.ToString().ToLowerInvariant()}  {step.Duration.TotalSeconds:0.00} s");
        }
    }

    public override void ReportFinished(NotebookResult result)
    {
        if (result.Cells.Count == 0)
        {
            WriteLine($"{Path.GetFileNameWithoutExtension(result.Path)}  {result.Remark}");
        }
    }

    private void WriteLine(string line)
    {
        lock (_lock)
        {
            context.Output.WriteLine(line);
        }
    }
}
