using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>One line per executed cell, for logs.</summary>
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

    public override void Finished(NotebookResult result)
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
