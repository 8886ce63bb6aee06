using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// The seeds of layers that were not given one: a fixed sequence, so that the same program makes the same networks.
/// <see cref="Start"/> restarts it, which makes a single cell repeatable. Each of the concurrent runs
/// (<see cref="Runs.OnAllCores"/>, <see cref="Experiment.Run"/>) has its own sequence.
/// </summary>
public static class Seeds
{
    private static readonly SeedSequence OfProgram = new(0);
    private static readonly AsyncLocal<SeedSequence?> OfRun = new();

    private static SeedSequence Current => OfRun.Value ?? OfProgram;

    /// <summary>Restarts with the sequence of this seed.</summary>
    public static void Start(ulong seed) => Current.Start(seed);

    internal static ulong Next() => Current.Next();

    /// <summary>Starts a separate sequence for the calls made until the result is disposed.</summary>
    internal static IDisposable BeginRun(ulong seed)
    {
        var before = OfRun.Value;
        OfRun.Value = new SeedSequence(seed);
        return new Scope(() => OfRun.Value = before);
    }

    private sealed class SeedSequence(ulong seed)
    {
        private readonly Lock _gate = new();
        private Generator _generator = new(seed);

        public void Start(ulong seed)
        {
            lock (_gate)
            {
                _generator = new Generator(seed);
            }
        }

        public ulong Next()
        {
            lock (_gate)
            {
                return _generator.NextBits();
            }
        }
    }
}
