namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>The folders of the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>The folder in which the front-end packages are installed once.</summary>
    public static string Npm => Path.Combine(Root, "artifacts", "npm");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DeepNotes.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"No DeepNotes.sln above {AppContext.BaseDirectory}.");
        }

        return folder;
    }
}
