using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>A piece and its work, without the type of the work: the workers of a team run jobs of any type.</summary>
internal abstract class Job
{
    public abstract void Run(int start, int end);
}

/// <summary>A job for one type of work, with one reused instance for each thread: a thread publishes one job at a time.</summary>
internal sealed class Job<TWork> : Job
{
    [ThreadStatic]
    private static Job<TWork>? _ofThread;

    private TWork _work = default!;
    private Piece<TWork>? _piece;

    public static Job<TWork> Of(in TWork work, Piece<TWork> piece)
    {
        var job = _ofThread ??= new Job<TWork>();
        (job._work, job._piece) = (work, piece);
        return job;
    }

    public override void Run(int start, int end) => RunAlone(_work, _piece!, start, end, end - start);

    /// <summary>
    /// Runs the pieces sequentially on this thread. Fully optimized at once: after tiered compilation the profile would
    /// inline the piece here, and the calls in a long formula would exceed the inlining budget.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RunAlone(in TWork work, Piece<TWork> piece, int first, int end, int size)
    {
        for (var start = (long)first; start < end; start += size)
        {
            piece(work, (int)start, (int)Math.Min(end, start + size));
        }
    }

    /// <summary>Drops the references that the work holds.</summary>
    public void Clear() => (_work, _piece) = (default!, null);
}
