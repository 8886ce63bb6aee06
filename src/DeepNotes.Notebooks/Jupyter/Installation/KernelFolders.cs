using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Where Jupyter looks for kernels.</summary>
public static class KernelFolders
{
    /// <summary>The folder of our kernel among those of the current user.</summary>
    public static string OfUser() => InData(UserData());

    /// <summary>The folder of our kernel in an environment, for example a virtual environment of Python.</summary>
    public static string InPrefix(string prefix) => InData(Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"));

    /// <summary>All folders on this machine where a front end would find it.</summary>
    public static IReadOnlyList<string> All() =>
    [
        .. Variable("JUPYTER_PATH").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(InData)
            .Append(OfUser())
            .Concat(new[] { Variable("VIRTUAL_ENV"), Variable("CONDA_PREFIX"), "/usr/local", "/usr" }.Where(prefix => prefix.Length > 0).Select(InPrefix))
            .Distinct(),
    ];

    private static string InData(string data) => Path.Combine(Path.GetFullPath(data), "kernels", NotebookLanguage.KernelName);

    private static string UserData()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Variable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen ? chosen
            : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Variable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
