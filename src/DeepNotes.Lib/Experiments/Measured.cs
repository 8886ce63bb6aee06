namespace DeepNotes;

/// <summary>The measurements of one competitor at each setting of its grid, with each seed.</summary>
public sealed class Measured
{
    private readonly bool _higherIsBetter;
    private readonly double[][][] _curves;
    private readonly int _best;

    // curves[setting][seed].
    internal Measured(string name, bool higherIsBetter, IReadOnlyList<double> grid, double[][][] curves)
    {
        (Name, _higherIsBetter, Grid, _curves) = (name, higherIsBetter, grid, curves);
        double[] means = [.. Enumerable.Range(0, grid.Count).Select(setting => Of(setting).Average())];
        _best = Array.IndexOf(means, higherIsBetter ? means.Max() : means.Min());
    }

    /// <summary>The competitor's name.</summary>
    public string Name { get; }

    /// <summary>The settings that were tried.</summary>
    public IReadOnlyList<double> Grid { get; }

    /// <summary>The setting with the best mean over the seeds.</summary>
    public double BestSetting => Grid[_best];

    /// <summary>The numbers at the best setting, one for each seed; of a curve, its last value.</summary>
    public IReadOnlyList<double> Best => Of(_best);

    /// <summary>The mean of <see cref="Best"/>.</summary>
    public double Mean => Best.Average();

    /// <summary>The curves at the best setting, one for each seed.</summary>
    public IReadOnlyList<IReadOnlyList<double>> BestCurves => _curves[_best];

    /// <summary>Whether the best setting is the first or last of several: a better one may lie beyond.</summary>
    public bool IsBestAtEnd => Grid.Count > 1 && (_best == 0 || _best == Grid.Count - 1);

    internal bool HasSingleSetting => Grid.Count == 1;

    internal double WorstSeed => _higherIsBetter ? Best.Min() : Best.Max();

    internal double BestSeed => _higherIsBetter ? Best.Max() : Best.Min();

    /// <summary>The numbers at a setting of the grid, one for each seed; of a curve, its last value.</summary>
    /// <exception cref="ArgumentException">The setting was not tried.</exception>
    public IReadOnlyList<double> At(double setting) => Of(IndexOf(setting));

    /// <summary>The curves at a setting of the grid, one for each seed.</summary>
    /// <exception cref="ArgumentException">The setting was not tried.</exception>
    public IReadOnlyList<IReadOnlyList<double>> CurvesAt(double setting) => _curves[IndexOf(setting)];

    // A diverged run counts as the worst possible value.
    internal double[] Of(int setting) =>
    [
        .. _curves[setting].Select(curve => double.IsFinite(curve[^1])
            ? curve[^1]
            : _higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity),
    ];

    internal string Spread => $"{ShortNumber.Format(Mean)} ({ShortNumber.Format(Best.Min())} to {ShortNumber.Format(Best.Max())})";

    private int IndexOf(double setting)
    {
        var index = Grid.ToList().IndexOf(setting);
        return index >= 0
            ? index
            : throw new ArgumentException($"Experiment: {Name}: expected one of [{string.Join(", ", Grid)}], got {setting}.", nameof(setting));
    }
}
