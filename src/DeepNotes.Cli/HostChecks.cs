using DeepNotes.Notebooks;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Cli;

/// <summary>Checks which notebook hosts are installed on this machine, and what each supports.</summary>
internal static class HostChecks
{
    private static readonly string[] ExtensionFolders = [".vscode", ".vscode-server", ".vscode-remote", ".vscode-insiders"];

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(string folder, CancellationToken cancellation)
    {
        Task<string?> Version(params string[] commands) => CommandPath.Find(commands) is { } program
            ? ExternalProgram.FirstLineAsync(program, ["--version"], folder, cancellation)
            : Task.FromResult<string?>(null);
        var lab = Version("jupyter-lab", "jupyter-lab.exe");
        var notebook = Version("jupyter-notebook", "jupyter-notebook.exe");
        var interactive = Version("dotnet-interactive", "dotnet-interactive.exe");
        return
        [
            Kernel(KernelFolders.All()),
            VisualStudioCode(CommandPath.Find("code", "code.cmd", "codium", "codium.cmd"), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)),
            Jupyter(await lab, await notebook),
            Interactive(await interactive),
        ];
    }

    /// <param name="folders">The folders where front ends look for the kernel.</param>
    internal static CheckResult Kernel(IEnumerable<string> folders)
    {
        const string Subject = "Kernel";
        if (folders.FirstOrDefault(KernelSpec.IsInstalled) is not { } folder)
        {
            return new(Subject, CheckStatus.Optional, "not installed", "VS Code and Jupyter can show chapters but not run them; run: deepnotes kernel install");
        }

        return File.Exists(KernelSpec.Program(folder))
            ? new(Subject, CheckStatus.Ok, folder)
            : new(Subject, CheckStatus.Optional, folder, "the program that it runs is missing; run again: deepnotes kernel install");
    }

    /// <param name="program">The path of its command; null if it is not found.</param>
    /// <param name="home">The user's home folder, which contains the extensions.</param>
    internal static CheckResult VisualStudioCode(string? program, string home)
    {
        const string Subject = "VS Code";
        var hasExtension = ExtensionFolders.Select(name => Path.Combine(home, name, "extensions"))
            .Any(folder => Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "ms-toolsai.jupyter-*").Any());
        return (program, hasExtension) switch
        {
            (null, false) => new(Subject, CheckStatus.Optional, "not found", "one of the hosts that run chapters"),
            (_, false) => new(Subject, CheckStatus.Optional, $"{program}, no Jupyter extension", "VS Code offers to install it when you open a notebook"),
            _ => new(Subject, CheckStatus.Ok, $"{program ?? "server"}, with the Jupyter extension; supports interactive charts, completion, live output"),
        };
    }

    /// <param name="lab">The version of JupyterLab; null if it is not found.</param>
    /// <param name="notebook">The version of Jupyter Notebook; null if it is not found.</param>
    internal static CheckResult Jupyter(string? lab, string? notebook)
    {
        const string Support = "supports completion, live output, static charts (interactive ones with Python's plotly)";
        string[] found = [.. lab is null ? [] : new[] { $"JupyterLab {lab}" }, .. notebook is null ? [] : new[] { $"Notebook {notebook}" }];
        return found.Length > 0
            ? new("Jupyter", CheckStatus.Ok, $"{string.Join(", ", found)}; {Support}")
            : new("Jupyter", CheckStatus.Optional, "not found", "one of the hosts that run chapters");
    }

    /// <param name="version">The version of the tool Microsoft.dotnet-interactive; null if it is not found.</param>
    internal static CheckResult Interactive(string? version) => version is null
        ? new(".NET Interactive", CheckStatus.Optional, "not found", "not needed: the kernel DeepNotes C# runs its notebooks")
        : new(".NET Interactive", CheckStatus.Ok, $"{version}; runs cells that begin with #r \"nuget: DeepNotes\", shows charts like Jupyter, cannot interrupt a cell");
}
