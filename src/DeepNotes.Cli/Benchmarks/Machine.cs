using System.Globalization;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>The machine that timings depend on.</summary>
/// <param name="Date">The day, in UTC.</param>
/// <param name="Processor">The name that the operating system reports.</param>
/// <param name="Cores">The number of cores available to the process.</param>
/// <param name="Isa">The widest enabled vector instructions.</param>
/// <param name="Runtime">The version of .NET.</param>
internal sealed record Machine(string Date, string Processor, int Cores, string Isa, string Runtime)
{
    public static Machine Here(string library)
    {
        var run = RunFingerprint.Here("", RunMode.Full, Environment.ProcessorCount, library);
        return new(DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ProcessorName.Here(), run.Threads, run.Isa, run.Runtime);
    }
}
