namespace DeepNotes.Backends.Cpu;

/// <summary>A few units at a time: their planes stay in the near caches until they have been used.</summary>
/// <param name="units">How many there are, at least one.</param>
/// <param name="planesEach">The floats of the planes of one.</param>
internal struct CacheBlocks(int units, int planesEach)
{
    private const int PlanesAtOnce = 1 << 18;

    private readonly int _atOnce = Math.Clamp(PlanesAtOnce / Math.Max(1, planesEach), 1, units);

    /// <summary>The first unit of the round, and how many.</summary>
    public (int First, int Count) Current { get; private set; }

    public bool MoveNext()
    {
        var first = Current.First + Current.Count;
        Current = (first, Math.Min(_atOnce, units - first));
        return Current.Count > 0;
    }

    public readonly CacheBlocks GetEnumerator() => this;
}
