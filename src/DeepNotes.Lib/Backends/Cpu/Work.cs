namespace DeepNotes.Backends.Cpu;

/// <summary>Computes start … end-1 of what <paramref name="work"/> describes.</summary>
internal delegate void Piece<TWork>(in TWork work, int start, int end);

/// <summary>
/// Cuts work into pieces by its size alone and runs them on all threads, so that a result does not depend on how many
/// threads there are. All that a piece needs comes with the work: a static lambda captures nothing, and a layer that runs
/// a thousand times a second allocates nothing.
/// </summary>
internal static class Work
{
    // About 20 µs of arithmetic: less would be lost on handing the piece to a thread.
    private const int Grain = 1 << 15;

    /// <summary>Runs the piece over 0 … count-1; one item costs about <paramref name="cost"/> operations.</summary>
    public static void ByCost<TWork>(int count, long cost, in TWork work, Piece<TWork> piece) =>
        InPieces(count, (int)Math.Clamp(Grain / Math.Max(1, cost), 1, int.MaxValue / 2), work, piece);

    /// <summary>Runs the piece over 0 … count-1, <paramref name="size"/> items at a time.</summary>
    public static void InPieces<TWork>(int count, int size, in TWork work, Piece<TWork> piece) =>
        CpuThreads.Team.Run(count, size, work, piece);

    public static int CeilDiv(int count, int size) => (int)(((long)count + size - 1) / size);
}
