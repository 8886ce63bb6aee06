using DeepNotes.Backends.Cpu;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>Makes a run's options and cache from what was typed and from the machine.</summary>
internal static class RunSettings
{
    public static RunOptions Options(CommandContext context, RunMode mode, double timeout)
    {
        var data = context.DescribeData();
        context.Output.WriteLine(data == CommandContext.GeneratedData
            ? "Data: generated; for real digits: deepnotes data get mnist"
            : $"Data: {data}");
        var fingerprint = RunFingerprint.Here(data, mode, CpuThreads.Count, context.Workspace.Library);
        return new RunOptions(fingerprint, TimeSpan.FromSeconds(timeout));
    }

    /// <summary>Fast when asked for here or by the environment.</summary>
    public static RunMode Mode(bool fast) =>
        fast || Environment.GetEnvironmentVariable("DEEPNOTES_FAST") == "1" ? RunMode.Fast : RunMode.Full;

    /// <summary>Runs are kept until the notebook, the library, the engine, the data or the machine change.</summary>
    public static ExecutionCache Cache(CommandContext context) =>
        new(context.Workspace.Cache, [context.Workspace.Library, typeof(NotebookRunner).Assembly.Location]);
}
