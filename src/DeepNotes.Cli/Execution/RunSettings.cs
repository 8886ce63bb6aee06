using DeepNotes.Backends.Cpu;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>Creates the options and the cache of a run from the command-line options and the environment.</summary>
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

    /// <summary>Fast with the option or with DEEPNOTES_FAST=1, otherwise full.</summary>
    public static RunMode Mode(bool fast) =>
        fast || Environment.GetEnvironmentVariable("DEEPNOTES_FAST") == "1" ? RunMode.Fast : RunMode.Full;

    /// <summary>The cache of runs, which are valid until the notebook, the library, the engine, the data or the machine changes.</summary>
    public static ExecutionCache Cache(CommandContext context) =>
        new(context.Workspace.Cache, [context.Workspace.Library, typeof(NotebookRunner).Assembly.Location]);
}
