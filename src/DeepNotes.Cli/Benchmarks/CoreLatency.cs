namespace DeepNotes.Cli.Benchmarks;

/// <summary>
/// Measures the round trip of a cache line between two cores. Virtual machines place their cores in one cache domain or
/// in several: 80 ns or 430 ns per round trip, a difference that no other property of the machine reveals.
/// </summary>
internal static class CoreLatency
{
    private const int Batches = 500;
    private const int Rounds = 200;

    // If both threads share a core, spinning alone would last until the scheduler moves one of them.
    private const int SpinsBeforeYield = 10_000;

    /// <summary>The round trip in nanoseconds: the minimum of many short batches, because both threads run concurrently in most of them. 0 on one thread.</summary>
    public static double Measure(int threads)
    {
        if (threads == 1)
        {
            return 0;
        }

        // The flag is in the middle, so that it has a cache line of its own.
        var flags = new int[64];
        new Thread(() => Timing.Milliseconds(() => WaitAndSet(ref flags[32], 1, 0), Batches * Rounds)) { IsBackground = true }.Start();
        return Enumerable.Range(0, Batches).Min(_ => Timing.Milliseconds(() => WaitAndSet(ref flags[32], 0, 1), Rounds)) * 1e6 / Rounds;
    }

    private static void WaitAndSet(ref int flag, int expected, int next)
    {
        for (var spin = 1; Volatile.Read(ref flag) != expected; spin++)
        {
            if (spin % SpinsBeforeYield == 0)
            {
                Thread.Yield();
            }
        }

        Volatile.Write(ref flag, next);
    }
}
