using System.Diagnostics;

namespace DeepNotes.Tests.Persistence;

/// <summary>Runs the reference script in a Python with PyTorch, if there is one.</summary>
internal static class PyTorch
{
    private static readonly Lazy<string?> Python = new(Find);

    public static bool IsInstalled => Python.Value is not null;

    public static void Run(params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Persistence", "Golden", "safetensors_peer.py");
        var (exitCode, errors) = Start(Python.Value!, [script, .. arguments]);
        Assert.True(exitCode == 0, errors);
    }

    // Linux distributions install PyTorch for the system's Python, which need not be the first on the path.
    private static string? Find() => new[] { "/usr/bin/python3", "python3", "python" }
        .FirstOrDefault(python => Start(python, ["-c", "import torch"]).ExitCode == 0);

    private static (int ExitCode, string Errors) Start(string python, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, $"{python} is not installed");
        }
    }
}

/// <summary>A test against PyTorch, skipped if it is not installed.</summary>
public sealed class PyTorchFactAttribute : FactAttribute
{
    public PyTorchFactAttribute() => Skip = PyTorch.IsInstalled ? null : "No Python with PyTorch (Debian: python3-torch).";
}
