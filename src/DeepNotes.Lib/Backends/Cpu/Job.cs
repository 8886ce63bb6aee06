using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>A piece and its work, for members of a team who need not know the work's type.</summary>
internal abstract class Job
{
    public abstract void Run(int start, int end);
}

/// <summary>The job of a thread for one type of work, used again and again: a thread gives its team one at a time.</summary>
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
    /// One piece after the other on this thread. Compiled once and for all: what the compiler learns from running it would
    /// put the piece in line here, where a long formula no longer has room for its own parts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RunAlone(in TWork work, Piece<TWork> piece, int first, int end, int size)
    {
        for (var start = (long)first; start < end; start += size)
        {
            piece(work, (int)start, (int)Math.Min(end, start + size));
        }
    }

    /// <summary>Lets go of what the work holds.</summary>
    public void Clear() => (_work, _piece) = (default!, null);
}
