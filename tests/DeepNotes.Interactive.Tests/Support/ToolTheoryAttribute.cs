using System.Diagnostics;

namespace DeepNotes.Interactive.Tests.Support;

/// <summary>A theory that needs the tool dotnet-interactive, whose path is in DEEPNOTES_DOTNET_INTERACTIVE, and nbclient.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    private static readonly string? Missing = WhatIsMissing();

    public ToolTheoryAttribute() => Skip = Missing;

    /// <summary>Whether the tool and nbclient are there, so that these theories are executed.</summary>
    public static bool IsExecuted => Missing is null;

    public static string? Tool => Environment.GetEnvironmentVariable("DEEPNOTES_DOTNET_INTERACTIVE");

    private static string? WhatIsMissing() => !File.Exists(Tool) ? "DEEPNOTES_DOTNET_INTERACTIVE names no tool; .ci/run installs it."
        : !HasClient() ? "/usr/bin/python3 has no nbclient; install Debian's python3-nbclient."
        : null;

    private static bool HasClient()
    {
        if (!File.Exists("/usr/bin/python3"))
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", "import nbclient"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
