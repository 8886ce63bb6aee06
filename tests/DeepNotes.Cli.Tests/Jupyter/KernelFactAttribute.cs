using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A test in which Jupyter's own clients use the kernel; skipped if they are not installed.</summary>
public sealed class KernelFactAttribute : FactAttribute
{
    internal static readonly Lazy<string?> Missing = new(() => JupyterTools.Has("jupyter_kernel_test, nbclient")
        ? null
        : "No Python with jupyter_kernel_test and nbclient (Debian: python3-jupyter-kernel-test, jupyter-nbconvert).");

    public KernelFactAttribute() => Skip = Missing.Value;
}

/// <summary>A theory that additionally needs the library that the chapters reference.</summary>
public sealed class ChapterInKernelTheoryAttribute : TheoryAttribute
{
    internal static string? NoLibrary =>
        File.Exists(Workspace.Find(AppContext.BaseDirectory).Library) ? null : "The library of the chapters is not built (./deepnotes build).";

    public ChapterInKernelTheoryAttribute() => Skip = KernelFactAttribute.Missing.Value ?? NoLibrary;
}
