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

    public override void Run(int start, int end) => _piece!(_work, start, end);

    /// <summary>Lets go of what the work holds.</summary>
    public void Forget() => (_work, _piece) = (default!, null);
}
