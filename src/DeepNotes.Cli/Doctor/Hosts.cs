using DeepNotes.Notebooks;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Cli.Doctor;

/// <summary>The programs on this machine that notebooks can be read and run in, and what each shows of them.</summary>
internal static class Hosts
{
    private static readonly string[] ExtensionFolders = [".vscode", ".vscode-server", ".vscode-remote", ".vscode-insiders"];

    public static async Task<IReadOnlyList<CheckupLine>> LookAsync(string folder, CancellationToken cancellation)
    {
        Task<string?> Version(params string[] commands) => CommandPath.Find(commands) is { } program
            ? ProgramAnswer.FirstLineAsync(program, ["--version"], folder, cancellation)
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

    /// <param name="folders">Where front ends look for our kernel.</param>
    internal static CheckupLine Kernel(IEnumerable<string> folders)
    {
        const string Subject = "Kernel";
        if (folders.FirstOrDefault(KernelSpec.IsInstalled) is not { } folder)
        {
            return new(Subject, Finding.Optional, "not installed", "VS Code and Jupyter show chapters and cannot run them; run: deepnotes kernel install");
        }

        return File.Exists(KernelSpec.Program(folder))
            ? new(Subject, Finding.Ok, folder)
            : new(Subject, Finding.Optional, folder, "the program that it runs is gone; run again: deepnotes kernel install");
    }

    /// <param name="program">The command that opens it; null where there is none.</param>
    /// <param name="home">The user's home folder, where extensions are kept.</param>
    internal static CheckupLine VisualStudioCode(string? program, string home)
    {
        const string Subject = "VS Code";
        var hasExtension = ExtensionFolders.Select(name => Path.Combine(home, name, "extensions"))
            .Any(folder => Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "ms-toolsai.jupyter-*").Any());
        return (program, hasExtension) switch
        {
            (null, false) => new(Subject, Finding.Optional, "not found", "one of the places to run chapters in"),
            (_, false) => new(Subject, Finding.Optional, $"{program}, no Jupyter extension", "it offers to install it when a notebook is opened"),
            _ => new(Subject, Finding.Ok, $"{program ?? "its server"}, with the Jupyter extension; shows interactive charts, completions, live output"),
        };
    }

    /// <param name="lab">The version of JupyterLab; null where there is none.</param>
    /// <param name="notebook">The version of Jupyter Notebook; null where there is none.</param>
    internal static CheckupLine Jupyter(string? lab, string? notebook)
    {
        const string Shown = "shows completions, live output, charts as pictures (interactive ones with Python's plotly)";
        string[] found = [.. lab is null ? [] : new[] { $"JupyterLab {lab}" }, .. notebook is null ? [] : new[] { $"Notebook {notebook}" }];
        return found.Length > 0
            ? new("Jupyter", Finding.Ok, $"{string.Join(", ", found)}; {Shown}")
            : new("Jupyter", Finding.Optional, "not found", "one of the places to run chapters in");
    }

    /// <param name="version">Of the tool Microsoft.dotnet-interactive; null where there is none.</param>
    internal static CheckupLine Interactive(string? version) => version is null
        ? new(".NET Interactive", Finding.Optional, "not found", "not needed: DeepNotes C# runs its notebooks")
        : new(".NET Interactive", Finding.Ok, $"{version}; runs cells that begin with #r \"nuget: DeepNotes\", shows charts as Jupyter does, and cannot stop a running cell");
}
