using System.Globalization;
using System.Runtime.InteropServices;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>What times depend on besides the program.</summary>
/// <param name="Date">The day, in UTC.</param>
/// <param name="Processor">Its name, as the system tells it.</param>
/// <param name="Cores">How many the process may use.</param>
/// <param name="Isa">The widest vectors that are on.</param>
/// <param name="Runtime">Of .NET.</param>
internal sealed record Machine(string Date, string Processor, int Cores, string Isa, string Runtime)
{
    private const string LinuxProcessors = "/proc/cpuinfo";
    private const string LinuxName = "model name";

    public static Machine Here(string library)
    {
        var run = RunFingerprint.Here("", RunMode.Full, Environment.ProcessorCount, library);
        return new(DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ProcessorName(), run.Threads, run.Isa, run.Runtime);
    }

    private static string ProcessorName()
    {
        var line = File.Exists(LinuxProcessors)
            ? File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith(LinuxName, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
