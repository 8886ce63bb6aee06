namespace DeepNotes.Cli.Benchmarks;

/// <summary>
/// How long a value takes from one core to another and back. Rented cores share a cache at one time and do not at another:
/// 80 ns or 430 ns between them explain what no other figure of the machine does.
/// </summary>
internal static class CoreDistance
{
    private const int Batches = 500;
    private const int Rounds = 200;

    // Where both threads are on one core for a while, looking alone would last until the system moves them.
    private const int MostLooks = 10_000;

    /// <summary>Nanoseconds, in the best of many short batches: in most of them both threads run at once. 0 on one thread.</summary>
    public static double Measure(int threads)
    {
        if (threads == 1)
        {
            return 0;
        }

        // In the middle, alone on its cache line.
        var flags = new int[64];
        new Thread(() => Timing.Milliseconds(() => Answer(ref flags[32], 1, 0), Batches * Rounds)) { IsBackground = true }.Start();
        return Enumerable.Range(0, Batches).Min(_ => Timing.Milliseconds(() => Answer(ref flags[32], 0, 1), Rounds)) * 1e6 / Rounds;
    }

    private static void Answer(ref int flag, int awaited, int answer)
    {
        for (var look = 1; Volatile.Read(ref flag) != awaited; look++)
        {
            if (look % MostLooks == 0)
            {
                Thread.Yield();
            }
        }

        Volatile.Write(ref flag, answer);
    }
}
