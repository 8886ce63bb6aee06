using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A test that needs Jupyter's classic notebook and a browser; skipped if either is not installed.</summary>
public sealed class ClassicNotebookFactAttribute : FactAttribute
{
    internal static readonly Lazy<string?> Missing = new(() => Browser.Find() is null ? Browser.NotFound
        : JupyterTools.Has("notebook.notebookapp") ? null
        : "No Python with the classic notebook server (Debian: jupyter-notebook).");

    public ClassicNotebookFactAttribute() => Skip = Missing.Value;
}

/// <summary>A test that additionally needs the library of the chapters.</summary>
public sealed class ChapterInClassicNotebookFactAttribute : FactAttribute
{
    internal static string? Missing => ClassicNotebookFactAttribute.Missing.Value ?? ChapterInKernelTheoryAttribute.NoLibrary;

    public ChapterInClassicNotebookFactAttribute() => Skip = Missing;
}

/// <summary>A theory that additionally needs the library of the chapters.</summary>
public sealed class ChapterInClassicNotebookTheoryAttribute : TheoryAttribute
{
    public ChapterInClassicNotebookTheoryAttribute() => Skip = ChapterInClassicNotebookFactAttribute.Missing;
}
