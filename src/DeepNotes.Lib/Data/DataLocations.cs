namespace DeepNotes;

/// <summary>The folders in which data sets are searched for: <c>DEEPNOTES_DATA</c>, then the cache.</summary>
/// <param name="Folder">The folder in <c>DEEPNOTES_DATA</c>; null without one.</param>
/// <param name="Cache">The folder for downloads.</param>
/// <param name="GeneratedOnly">Whether <c>DEEPNOTES_DATA=generated</c> restricts the library to generated data.</param>
/// <param name="Offline">Whether <c>DEEPNOTES_OFFLINE=1</c> forbids automatic downloads.</param>
internal sealed record DataLocations(string? Folder, string Cache, bool GeneratedOnly, bool Offline)
{
    private const string Generated = "generated";

    /// <summary>The locations according to the environment and the current directory.</summary>
    public static DataLocations Current => From(
        Environment.GetEnvironmentVariable("DEEPNOTES_DATA"),
        Environment.GetEnvironmentVariable("DEEPNOTES_OFFLINE"),
        Directory.GetCurrentDirectory());

    /// <exception cref="DirectoryNotFoundException"><c>DEEPNOTES_DATA</c> names a folder that does not exist.</exception>
    public static DataLocations From(string? data, string? offline, string directory)
    {
        var isGenerated = data == Generated;
        var folder = string.IsNullOrEmpty(data) || isGenerated ? null : Path.GetFullPath(data, directory);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"DEEPNOTES_DATA: expected an existing folder or '{Generated}', got {folder}; "
                + "create it, correct the variable or unset it.");
        }

        return new DataLocations(folder, CacheFrom(directory), isGenerated, offline == "1");
    }

    /// <summary>The folders that may contain a data set, in the order of the search.</summary>
    public IEnumerable<string> FoldersOf(string dataset)
    {
        if (GeneratedOnly)
        {
            yield break;
        }

        if (Folder is not null)
        {
            yield return Path.Combine(Folder, dataset);
        }

        yield return Path.Combine(Cache, dataset);
    }

    /// <summary><c>data/cache</c> of the repository that contains the directory, else a folder in the user's local application data.</summary>
    private static string CacheFrom(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeepNotes.sln")))
            {
                return Path.Combine(folder.FullName, "data", "cache");
            }
        }

        var ofUser = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(ofUser, "DeepNotes", "data");
    }
}
