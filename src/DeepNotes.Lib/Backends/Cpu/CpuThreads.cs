namespace DeepNotes.Backends.Cpu;

/// <summary>How many threads compute. Results do not depend on it: work is cut by its size alone.</summary>
public static class CpuThreads
{
    private static Team _team = new(FromEnvironment());

    /// <summary>All cores, unless DEEPNOTES_THREADS or the program says otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public static int Count
    {
        get => _team.Threads;
        set
        {
            Check.AtLeast(1, value, "CpuThreads.Count");
            Interlocked.Exchange(ref _team, new Team(value)).Dispose();
        }
    }

    internal static Team Team => _team;

    private static int FromEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("DEEPNOTES_THREADS"), out var threads) && threads > 0
            ? threads
            : Environment.ProcessorCount;
}
