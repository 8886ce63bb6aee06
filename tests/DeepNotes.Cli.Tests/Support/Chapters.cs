using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Support;

/// <summary>The chapters of the repository that these tests run in.</summary>
public static class Chapters
{
    /// <summary>A small one that shows every kind of output that there is.</summary>
    public const string First = "00-start-here.ipynb";

    /// <summary>The chapters that tests run as a whole: the first, and all where DEEPNOTES_CHAPTERS is "all".</summary>
    public static TheoryData<string> ToRun => [.. ChapterFiles.IsEveryOneTested ? Paths.Select(path => Path.GetFileName(path)) : [First]];

    internal static IReadOnlyList<NotebookDocument> All => [.. Paths.Select(NotebookDocument.Load)];

    internal static string PathOf(string chapter) => Path.Combine(Workspace.Find(AppContext.BaseDirectory).Notebooks, chapter);

    private static string[] Paths => ChapterFiles.In(PathOf(""));
}
