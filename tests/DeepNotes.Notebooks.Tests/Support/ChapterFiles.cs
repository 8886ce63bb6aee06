namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>
/// The chapters of the repository. Tests that take seconds per chapter use the first one, or all if DEEPNOTES_CHAPTERS is
/// "all", as in .ci/run.
/// </summary>
internal static class ChapterFiles
{
    public static bool IsEveryOneTested { get; } = Environment.GetEnvironmentVariable("DEEPNOTES_CHAPTERS") == "all";

    /// <summary>The notebooks of a folder in the order of the book; empty if the folder is missing.</summary>
    public static string[] In(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)] : [];

    /// <summary>The first chapter, or all.</summary>
    public static IEnumerable<T> Tested<T>(IReadOnlyList<T> chapters) => IsEveryOneTested ? chapters : chapters.Take(1);
}
