using System.Globalization;
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
    public static Machine Here(string library)
    {
        var run = RunFingerprint.Here("", RunMode.Full, Environment.ProcessorCount, library);
        return new(DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ProcessorName.Here(), run.Threads, run.Isa, run.Runtime);
    }
}
