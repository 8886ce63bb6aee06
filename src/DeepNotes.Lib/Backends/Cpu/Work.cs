namespace DeepNotes.Backends.Cpu;

/// <summary>Computes start … end-1 of what <paramref name="work"/> describes.</summary>
internal delegate void Piece<TWork>(in TWork work, int start, int end);

/// <summary>
/// Partitions work by its size alone and runs the pieces on all threads, so that results do not depend on the number of threads.
/// The work holds all that a piece needs: a static lambda captures nothing, so a layer that runs a thousand times a second
/// allocates no closures.
/// </summary>
internal static class Work
{
    // Operations of a piece, about 20 µs: below that, dispatch would cost more than a second thread gains.
    private const int Grain = 1 << 15;

    /// <summary>Runs the piece over 0 … count-1; one item costs about <paramref name="cost"/> operations.</summary>
    public static void ByCost<TWork>(int count, long cost, in TWork work, Piece<TWork> piece) =>
        InPieces(count, (int)Math.Clamp(Grain / Math.Max(1, cost), 1, int.MaxValue / 2), work, piece);

    /// <summary>Runs the piece over 0 … count-1, <paramref name="size"/> items at a time.</summary>
    public static void InPieces<TWork>(int count, int size, in TWork work, Piece<TWork> piece) =>
        CpuThreads.Team.Run(count, size, work, piece);

    /// <summary>⌈count/size⌉.</summary>
    public static int CeilDiv(int count, int size) => (int)(((long)count + size - 1) / size);
}
