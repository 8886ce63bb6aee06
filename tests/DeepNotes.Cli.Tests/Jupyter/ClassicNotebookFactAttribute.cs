using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A test on the page of Jupyter's classic notebook, in a browser; skipped where one of them is not installed.</summary>
public sealed class ClassicNotebookFactAttribute : FactAttribute
{
    internal static readonly Lazy<string?> Missing = new(() => Browser.Find() is null ? Browser.NotFound
        : JupyterTools.Has("notebook.notebookapp") ? null
        : "No Python with the classic notebook server (Debian: jupyter-notebook).");

    public ClassicNotebookFactAttribute() => Skip = Missing.Value;
}

/// <summary>The same with chapters.</summary>
public sealed class ChapterInClassicNotebookFactAttribute : FactAttribute
{
    internal static string? Missing => ClassicNotebookFactAttribute.Missing.Value ?? ChapterInKernelTheoryAttribute.NoLibrary;

    public ChapterInClassicNotebookFactAttribute() => Skip = Missing;
}

/// <summary>The same with several chapters.</summary>
public sealed class ChapterInClassicNotebookTheoryAttribute : TheoryAttribute
{
    public ChapterInClassicNotebookTheoryAttribute() => Skip = ChapterInClassicNotebookFactAttribute.Missing;
}
