namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Cuts work into pieces by its size alone and runs them on all threads, so that a result does not depend on how many
/// threads there are.
/// </summary>
internal static class Work
{
    // About 20 µs of arithmetic: less would be lost on handing the piece to a thread.
    private const int Grain = 1 << 15;

    /// <summary>Runs piece(start, end) over 0 … count-1; one item costs about <paramref name="cost"/> operations.</summary>
    public static void ByCost(int count, long cost, Action<int, int> piece) =>
        InPieces(count, (int)Math.Clamp(Grain / Math.Max(1, cost), 1, int.MaxValue / 2), piece);

    /// <summary>Runs piece(start, end) over 0 … count-1 in pieces of <paramref name="size"/> items.</summary>
    public static void InPieces(int count, int size, Action<int, int> piece) => CpuThreads.Team.Run(count, size, piece);

    public static int Pieces(int count, int size) => (int)(((long)count + size - 1) / size);
}
