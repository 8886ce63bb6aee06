namespace DeepNotes.Notebooks;

/// <summary>Finds optional programs, such as npm or a browser, on the PATH.</summary>
public static class CommandPath
{
    /// <summary>The first of these commands on the PATH, or null.</summary>
    public static string? Find(params IReadOnlyList<string> commands)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return commands
            .SelectMany(command => folders.Select(folder => Path.Combine(folder.Trim('"'), command)))
            .FirstOrDefault(File.Exists);
    }
}
