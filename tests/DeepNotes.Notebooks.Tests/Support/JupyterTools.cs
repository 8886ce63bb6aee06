using System.Diagnostics;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>Jupyter's own reader and converter, where a Python with them is installed.</summary>
internal static class JupyterTools
{
    private static readonly Lazy<string?> Python = new(Find);

    public static bool IsInstalled => Python.Value is not null;

    /// <summary>Runs Python with these arguments; its exit code and everything it printed.</summary>
    public static (int ExitCode, string Output) Run(params string[] arguments) => Run([], arguments);

    /// <summary>The same, with these variables in the environment.</summary>
    public static (int ExitCode, string Output) Run(IEnumerable<(string Name, string Value)> environment, params string[] arguments) =>
        Run(StartInfo(Python.Value!, arguments, environment));

    /// <summary>How that Python is started, for a program that goes on.</summary>
    public static ProcessStartInfo StartInfo(string[] arguments, IEnumerable<(string Name, string Value)> environment) =>
        StartInfo(Python.Value!, arguments, environment);

    /// <summary>Whether that Python has a module.</summary>
    public static bool Has(string module) => IsInstalled && Run("-c", $"import {module}").ExitCode == 0;

    // Distributions put these packages into the system's Python, which need not be the first on the path.
    private static string? Find() => new[] { "python3", "/usr/bin/python3", "python" }
        .FirstOrDefault(python => Run(StartInfo(python, ["-c", "import nbformat, nbconvert"], [])).ExitCode == 0);

    private static ProcessStartInfo StartInfo(string python, string[] arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static (int ExitCode, string Output) Run(ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Eventually.Limit))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            return (process.ExitCode, output.Result + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, $"{start.FileName} is not installed");
        }
    }
}

/// <summary>A test against Jupyter; skipped where it is not installed.</summary>
public sealed class JupyterFactAttribute : FactAttribute
{
    public JupyterFactAttribute() =>
        Skip = JupyterTools.IsInstalled ? null : "No Python with nbformat and nbconvert (Debian: jupyter-nbconvert).";
}
