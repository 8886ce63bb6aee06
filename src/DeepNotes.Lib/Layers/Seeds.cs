using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// The seeds of layers that were not given one: a fixed sequence, so that the same program makes the same networks.
/// <see cref="Start"/> begins it anew, which makes a single cell repeatable. Each of the runs that go side by side
/// (<see cref="Runs.OnAllCores"/>, <see cref="Experiment.Run"/>) has a sequence of its own.
/// </summary>
public static class Seeds
{
    private static readonly SeedSequence OfProgram = new(0);
    private static readonly AsyncLocal<SeedSequence?> OfRun = new();

    private static SeedSequence Current => OfRun.Value ?? OfProgram;

    /// <summary>Begins the sequence that belongs to this number.</summary>
    public static void Start(ulong seed) => Current.Start(seed);

    internal static ulong Next() => Current.Next();

    /// <summary>A sequence that only what is called until the result is disposed draws from, and starts anew.</summary>
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
