namespace DeepNotes;

/// <summary>One of the things that an <see cref="Experiment"/> compares.</summary>
public sealed class Competitor
{
    /// <summary>Measures one number.</summary>
    /// <param name="name">The name in charts and assertions.</param>
    /// <param name="measure">The measured number, from a setting of the grid and a seed.</param>
    public Competitor(string name, Func<double, ulong, double> measure)
        : this(name, (setting, seed) => (IReadOnlyList<double>)[measure(setting, seed)])
    {
    }

    /// <summary>Measures a curve, such as the loss of each epoch; its last value is what counts.</summary>
    /// <param name="name">The name in charts and assertions.</param>
    /// <param name="measure">The curve, from a setting of the grid and a seed.</param>
    public Competitor(string name, Func<double, ulong, IReadOnlyList<double>> measure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(measure);
        (Name, Measure) = (name, measure);
    }

    /// <summary>The name in charts and assertions.</summary>
    public string Name { get; }

    /// <summary>A grid of its own, where the experiment's does not suit it; otherwise null.</summary>
    public IReadOnlyList<double>? Grid { get; init; }

    internal Func<double, ulong, IReadOnlyList<double>> Measure { get; }
}
