using System.Diagnostics;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>Runs Jupyter's nbformat and nbconvert, if a Python with them is installed.</summary>
internal static class JupyterTools
{
    private static readonly Lazy<string?> Python = new(Find);

    public static bool IsInstalled => Python.Value is not null;

    /// <summary>Runs Python with these arguments; returns its exit code and output.</summary>
    public static (int ExitCode, string Output) Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs Python with these arguments and environment variables.</summary>
    public static (int ExitCode, string Output) Run(IEnumerable<(string Name, string Value)> environment, params string[] arguments) =>
        Run(StartInfo(Python.Value!, arguments, environment));

    /// <summary>The start information of Python, for a long-running program.</summary>
    public static ProcessStartInfo StartInfo(string[] arguments, IEnumerable<(string Name, string Value)> environment) =>
        StartInfo(Python.Value!, arguments, environment);

    /// <summary>Whether Python has a module.</summary>
    public static bool Has(string module) => IsInstalled && Run("-c", $"import {module}").ExitCode == 0;

    // Distributions install these packages for the system's Python, which may not be the first on the PATH.
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

/// <summary>A test that needs Jupyter; otherwise it is skipped.</summary>
public sealed class JupyterFactAttribute : FactAttribute
{
    public JupyterFactAttribute() =>
        Skip = JupyterTools.IsInstalled ? null : "No Python with nbformat and nbconvert (Debian: jupyter-nbconvert).";
}
