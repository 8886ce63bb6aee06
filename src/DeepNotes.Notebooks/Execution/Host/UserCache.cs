namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The folder for a session's cached files: <c>$XDG_CACHE_HOME/deepnotes</c>, <c>~/.cache/deepnotes</c>,
/// <c>~/Library/Caches/deepnotes</c> on macOS, <c>%LOCALAPPDATA%\deepnotes</c> on Windows. Where that is not writable, a
/// private temporary folder is used, which is reported once.
/// </summary>
/// <param name="chosen">The variable XDG_CACHE_HOME.</param>
/// <param name="home">The user's home folder, which need not exist.</param>
/// <param name="temporaryFolders">Candidates for temporary files; the first writable one is used.</param>
/// <param name="report">Receives the message about a location other than the default.</param>
internal sealed class UserCache(string? chosen, string home, IReadOnlyList<string> temporaryFolders, Action<string> report)
{
    private const string Name = "deepnotes";
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    private string? _temporary;

    /// <summary>The user's home folder; null where it is not writable.</summary>
    public string? Home => IsWritable(home) ? home : null;

    /// <summary>The folder for temporary files; null where none is writable.</summary>
    public string? TemporaryFiles => temporaryFolders.FirstOrDefault(IsWritable);

    /// <summary>The cache according to the environment of this process.</summary>
    public static UserCache FromEnvironment(Action<string> report) => new(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        OperatingSystem.IsWindows() ? [Path.GetTempPath()] : [Path.GetTempPath(), "/tmp", "/var/tmp"],
        report);

    /// <summary>Calls a function with a folder of the cache, which exists and is private to the user.</summary>
    /// <param name="name">The name of the folder.</param>
    /// <param name="use">Receives the path; called again with the fallback where the first is not writable.</param>
    /// <exception cref="ReferenceException">Another user could write to the folder.</exception>
    public T Use<T>(string name, Func<string, T> use)
    {
        if (_temporary is not null)
        {
            return use(PrivateFolder.Open(Path.Combine(_temporary, name)));
        }

        try
        {
            return use(PrivateFolder.Open(Path.Combine(PrivateFolder.Open(Root()), name)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var temporary = NewTemporary() ?? throw new ReferenceException($"no writable folder for the cache: {error.Message}");
            var result = use(PrivateFolder.Open(Path.Combine(temporary, name)));
            _temporary = temporary;
            report($"The cache cannot be written ({error.Message}): this session uses {temporary}.");
            return result;
        }
    }

    /// <summary>Deletes the subfolders that were not used for a week.</summary>
    public static void DeleteOld(string folder, string pattern = "*")
    {
        foreach (var old in new DirectoryInfo(folder).GetDirectories(pattern).Where(entry => entry.LastWriteTimeUtc < DateTime.UtcNow - MaxAge))
        {
            try
            {
                old.Delete(recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use (Windows), or another user's: deleted by a later session.
            }
        }
    }

    private string Root()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);
        }

        // Relative paths are to be ignored (XDG Base Directory Specification).
        if (Path.IsPathFullyQualified(chosen ?? ""))
        {
            return Path.Combine(chosen!, Name);
        }

        return Path.IsPathFullyQualified(home) && Directory.Exists(home)
            ? Path.Combine(home, OperatingSystem.IsMacOS() ? Path.Combine("Library", "Caches") : ".cache", Name)
            : throw new IOException($"expected a home folder, got '{home}'");
    }

    // An unpredictable name.
    private string? NewTemporary()
    {
        if (TemporaryFiles is not { } folder)
        {
            return null;
        }

        DeleteOld(folder, $"{Name}-cache-*");
        return PrivateFolder.Open(Path.Combine(folder, $"{Name}-cache-{Guid.NewGuid():N}"));
    }

    private static bool IsWritable(string folder)
    {
        if (!Path.IsPathFullyQualified(folder) || !Directory.Exists(folder))
        {
            return false;
        }

        var probe = Path.Combine(folder, $".{Name}-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
