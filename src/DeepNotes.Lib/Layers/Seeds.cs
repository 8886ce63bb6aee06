namespace DeepNotes;

/// <summary>
/// The seeds of layers that were not given one: a fixed sequence, so that the same program makes the same networks.
/// <see cref="Start"/> begins it anew, which makes a single cell repeatable.
/// </summary>
public static class Seeds
{
    private static Generator _sequence = new(0);

    /// <summary>Begins the sequence that belongs to this number.</summary>
    public static void Start(ulong seed) => _sequence = new Generator(seed);

    internal static ulong Next()
    {
        var sequence = _sequence;
        lock (sequence)
        {
            return sequence.NextBits();
        }
    }
}
