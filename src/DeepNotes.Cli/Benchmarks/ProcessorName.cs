using System.Runtime.InteropServices;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>What the processor of this machine is called.</summary>
internal static class ProcessorName
{
    private const string LinuxProcessors = "/proc/cpuinfo";
    private const string LinuxName = "model name";

    /// <summary>As the system tells it.</summary>
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
