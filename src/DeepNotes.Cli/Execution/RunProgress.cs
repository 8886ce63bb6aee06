using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>Shows how far the notebooks are: redrawn bars on a terminal, one line per cell elsewhere.</summary>
internal abstract class RunProgress
{
    public static RunProgress For(CommandContext context) => context.IsLive ? new LiveProgress(context) : new PlainProgress(context);

    public abstract Task ShowAsync(IReadOnlyList<string> paths, Func<RunProgress, Task> work);

    /// <summary>A cell started or ended; called from several threads.</summary>
    public abstract void Report(string path, CellProgress step);

    public abstract void Finished(NotebookResult result);
}
