namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Where a session keeps what can be made anew: <c>$XDG_CACHE_HOME/deepnotes</c>, <c>~/.cache/deepnotes</c>,
/// <c>~/Library/Caches/deepnotes</c> on macOS, <c>%LOCALAPPDATA%\deepnotes</c> on Windows. Where that can't be written, a
/// temporary folder of the user's own, which is said once.
/// </summary>
/// <param name="chosen">The variable XDG_CACHE_HOME.</param>
/// <param name="home">The user's home folder, which need not be there.</param>
/// <param name="temporaryFolders">Where temporary files may go, the first that can be written.</param>
/// <param name="say">Told where the files are when they are not in their usual place.</param>
internal sealed class UserCache(string? chosen, string home, IReadOnlyList<string> temporaryFolders, Action<string> say)
{
    private const string Name = "deepnotes";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private string? _temporary;

    /// <summary>The user's home folder; null where there is none that can be written.</summary>
    public string? Home => IsWritable(home) ? home : null;

    /// <summary>The folder for temporary files; null where there is none that can be written.</summary>
    public string? TemporaryFiles => temporaryFolders.FirstOrDefault(IsWritable);

    /// <summary>The cache that the environment of this process gives.</summary>
    public static UserCache OfEnvironment(Action<string> say) => new(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        OperatingSystem.IsWindows() ? [Path.GetTempPath()] : [Path.GetTempPath(), "/tmp", "/var/tmp"],
        say);

    /// <summary>Does something with a folder of the cache, which is there and the user's own.</summary>
    /// <param name="name">The name of the folder.</param>
    /// <param name="use">Given its path; called once more with another where it can't write.</param>
    /// <exception cref="ReferenceException">Somebody else could write to the folder.</exception>
    public T Use<T>(string name, Func<string, T> use)
    {
        if (_temporary is not null)
        {
            return use(OwnFolder.Open(Path.Combine(_temporary, name)));
        }

        try
        {
            return use(OwnFolder.Open(Path.Combine(OwnFolder.Open(Root()), name)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var temporary = NewTemporary() ?? throw new ReferenceException($"no folder for the cache can be written: {error.Message}");
            var result = use(OwnFolder.Open(Path.Combine(temporary, name)));
            _temporary = temporary;
            say($"The cache can't be written ({error.Message}): this session keeps its files in {temporary}.");
            return result;
        }
    }

    /// <summary>Deletes the folders in this one that nobody has used for a week.</summary>
    public static void ForgetOld(string folder, string pattern = "*")
    {
        foreach (var old in new DirectoryInfo(folder).GetDirectories(pattern).Where(entry => entry.LastWriteTimeUtc < DateTime.UtcNow - Kept))
        {
            try
            {
                old.Delete(recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Still in use somewhere (Windows), or another user's: another start will find it.
            }
        }
    }

    private string Root()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);
        }

        // Relative ones are to be ignored (XDG Base Directory Specification).
        if (Path.IsPathFullyQualified(chosen ?? ""))
        {
            return Path.Combine(chosen!, Name);
        }

        return Path.IsPathFullyQualified(home) && Directory.Exists(home)
            ? Path.Combine(home, OperatingSystem.IsMacOS() ? Path.Combine("Library", "Caches") : ".cache", Name)
            : throw new IOException($"expected a home folder, got '{home}'");
    }

    // A name that nobody can foresee.
    private string? NewTemporary()
    {
        if (TemporaryFiles is not { } folder)
        {
            return null;
        }

        ForgetOld(folder, $"{Name}-cache-*");
        return OwnFolder.Open(Path.Combine(folder, $"{Name}-cache-{Guid.NewGuid():N}"));
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
