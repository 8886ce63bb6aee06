namespace DeepNotes;

/// <summary>One of the methods that an <see cref="Experiment"/> compares.</summary>
public sealed class Competitor
{
    /// <summary>A competitor measured by a single number.</summary>
    /// <param name="name">The name in charts and assertions.</param>
    /// <param name="measure">The measured number, from a setting of the grid and a seed.</param>
    public Competitor(string name, Func<double, ulong, double> measure)
        : this(name, (setting, seed) => (IReadOnlyList<double>)[measure(setting, seed)])
    {
    }

    /// <summary>A competitor measured by a curve, such as the loss of each epoch; it is judged by the last value.</summary>
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

    /// <summary>The grid of this competitor; null for that of the experiment.</summary>
    public IReadOnlyList<double>? Grid { get; init; }

    internal Func<double, ulong, IReadOnlyList<double>> Measure { get; }
}
