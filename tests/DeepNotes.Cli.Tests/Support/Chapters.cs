using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Support;

/// <summary>The chapters of the repository.</summary>
public static class Chapters
{
    /// <summary>A small chapter with every kind of output.</summary>
    public const string First = "00-start-here.ipynb";

    /// <summary>The chapters that are executed completely: the first, or all if DEEPNOTES_CHAPTERS is "all".</summary>
    public static TheoryData<string> ToRun => [.. ChapterFiles.IsEveryOneTested ? Paths.Select(path => Path.GetFileName(path)) : [First]];

    internal static IReadOnlyList<NotebookDocument> All => [.. Paths.Select(NotebookDocument.Load)];

    internal static string PathOf(string chapter) => Path.Combine(Workspace.Find(AppContext.BaseDirectory).Notebooks, chapter);

    private static string[] Paths => ChapterFiles.In(PathOf(""));
}
