namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The library that an installed program ships in <c>library/</c>, one folder per project: chapters outside their repository
/// reference a build output that does not exist there.
/// </summary>
internal static class LibraryCopy
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "library");

    /// <summary>The copy of what a chapter names as "../artifacts/bin/PROJECT/release/NAME.dll"; null where there is none.</summary>
    public static string? Of(string path) => Of(path, Folder);

    internal static string? Of(string path, string folder) =>
        path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) is [.., "artifacts", "bin", var project, "release", var name]
        && Path.Combine(folder, project, name) is var copy && File.Exists(copy)
            ? copy : null;
}
