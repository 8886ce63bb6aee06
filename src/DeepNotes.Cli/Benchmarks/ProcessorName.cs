using System.Runtime.InteropServices;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>The name of this machine's processor.</summary>
internal static class ProcessorName
{
    private const string LinuxProcessors = "/proc/cpuinfo";
    private const string LinuxName = "model name";

    /// <summary>The name that the operating system reports, or else the architecture.</summary>
    public static string Here()
    {
        var line = File.Exists(LinuxProcessors)
            ? File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith(LinuxName, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
