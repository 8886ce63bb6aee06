namespace DeepNotes.Backends.Cpu;

/// <summary>How many threads compute. Results do not depend on it: work is cut by its size alone.</summary>
public static class CpuThreads
{
    private static ParallelOptions _options = new() { MaxDegreeOfParallelism = FromEnvironment() };

    /// <summary>All cores, unless DEEPNOTES_THREADS or the program says otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public static int Count
    {
        get => _options.MaxDegreeOfParallelism;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _options = new ParallelOptions { MaxDegreeOfParallelism = value };
        }
    }

    internal static ParallelOptions Options => _options;

    private static int FromEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("DEEPNOTES_THREADS"), out var threads) && threads > 0
            ? threads
            : Environment.ProcessorCount;
}
