using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The kernel specification, a folder with the command that starts the kernel and its logos.</summary>
public static class KernelSpec
{
    private const string FileName = "kernel.json";

    private static readonly string[] Logos = ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the folder; existing files are replaced.</summary>
    /// <param name="folder">A folder of <see cref="KernelFolders"/>.</param>
    /// <param name="program">The path of deepnotes.dll, which runs the kernel.</param>
    public static void Install(string folder, string program)
    {
        foreach (var logo in Logos)
        {
            AtomicFile.WriteAllBytes(Path.Combine(folder, logo), Resource(logo));
        }

        // Last, because a folder with this file is a kernel.
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), Content(program).ToJsonString(Readable) + "\n");
    }

    /// <summary>Removes the files that <see cref="Install"/> has written; false if there is no kernel.</summary>
    public static bool Uninstall(string folder)
    {
        if (!IsInstalled(folder))
        {
            return false;
        }

        foreach (var file in Logos.Prepend(FileName))
        {
            File.Delete(Path.Combine(folder, file));
        }

        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }

        return true;
    }

    public static bool IsInstalled(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>The program that an installed kernel runs; null if its file is unreadable or names none.</summary>
    public static string? Program(string folder)
    {
        try
        {
            var arguments = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, FileName)))?["argv"] as JsonArray ?? [];
            return arguments.Select(NotebookText.Join).FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.Ordinal));
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static JsonObject Content(string program) => new()
    {
        ["argv"] = new JsonArray(DotnetHost.Path, "exec", Path.GetFullPath(program), "kernel", "run", "--connection-file", "{connection_file}"),
        ["display_name"] = NotebookLanguage.DisplayName,
        ["language"] = NotebookLanguage.Language,
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { ["debugger"] = false },
    };

    private static byte[] Resource(string name)
    {
        using var stream = typeof(KernelSpec).Assembly.GetManifestResourceStream($"Jupyter/{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>The folders in which Jupyter looks for this kernel.</summary>
public static class KernelFolders
{
    /// <summary>The folder of the kernel for the current user.</summary>
    public static string OfUser() => InData(UserData());

    /// <summary>The folder of the kernel in an environment, for example a Python virtual environment.</summary>
    public static string InPrefix(string prefix) => InData(Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"));

    /// <summary>All folders on this machine in which a front end finds the kernel.</summary>
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
        return Variable("JUPYTER_DATA_DIR") is { Length: > 0 } configured ? configured
            : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Variable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
