namespace DeepNotes;

/// <summary>
/// A fair comparison: every competitor is measured at each setting of a grid and with each seed, and is judged at its own best
/// setting. What is asserted of the result (<see cref="ExperimentResult"/>) must lie outside the spread of the seeds, and a
/// control shows that the measurement can tell.
/// </summary>
/// <param name="measure">What is measured, with its unit: "training loss (nats)".</param>
/// <param name="heldEqual">What is the same for all competitors: "2,000 digits, width 128, batches of 50".</param>
public sealed class Experiment(string measure, string heldEqual)
{
    /// <summary>What is measured.</summary>
    public string Measure { get; } = NotEmpty(measure);

    /// <summary>What is the same for all competitors.</summary>
    public string HeldEqual { get; } = NotEmpty(heldEqual);

    /// <summary>Whether a larger number is better; by default a smaller one is.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>The setting of which each competitor has its best: "learning rate".</summary>
    public string Setting { get; init; } = "setting";

    /// <summary>The values of the setting that are tried, in ascending order. One value means that all share it on purpose.</summary>
    public IReadOnlyList<double> Grid { get; init; } = [1];

    /// <summary>How many seeds: 1, 2, … Three or more, so that there is a spread to see.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>Measures all competitors; a progress bar says how far it is.</summary>
    /// <exception cref="ArgumentException">Two competitors have one name, or a grid is empty or not ascending.</exception>
    /// <exception cref="OperationCanceledException">The reader interrupted the cell.</exception>
    public ExperimentResult Run(params IReadOnlyList<Competitor> competitors)
    {
        Check.AtLeast(3, Seeds, "Experiment");
        Check.AtLeast(1, competitors.Count, "Experiment", "competitors");
        if (competitors.CountBy(competitor => competitor.Name).FirstOrDefault(count => count.Value > 1).Key is { } name)
        {
            throw new ArgumentException($"Experiment: expected a name of its own for each competitor, got \"{name}\" twice.", nameof(competitors));
        }

        var plans = competitors.Select(competitor => (competitor, Grid: Ascending(competitor.Grid ?? Grid))).ToList();
        var progress = new ExperimentProgress(plans.Sum(plan => plan.Grid.Count) * Seeds);
        var result = new ExperimentResult(this, [.. plans.Select(plan => new Measured(plan.competitor.Name, HigherIsBetter, plan.Grid,
            [.. plan.Grid.Select(setting => Curves(plan.competitor, setting, progress))]))]);
        progress.End(result);
        return result;
    }

    private double[][] Curves(Competitor competitor, double setting, ExperimentProgress progress) =>
    [
        .. Enumerable.Range(1, Seeds).Select(seed =>
        {
            Live.Cancellation.ThrowIfCancellationRequested();
            progress.Next($"{competitor.Name}, {Setting} {ShortNumber.Format(setting)}, seed {seed}");
            double[] curve = [.. competitor.Measure(setting, (ulong)seed)];
            return curve.Length > 0 ? curve : throw new ArgumentException($"Experiment: {competitor.Name}: expected at least one measured number, got none.");
        }),
    ];

    private static IReadOnlyList<double> Ascending(IReadOnlyList<double> grid) =>
        grid.Count > 0 && grid.Zip(grid.Skip(1)).All(pair => pair.First < pair.Second)
            ? grid
            : throw new ArgumentException($"Experiment: expected a grid in ascending order, got [{string.Join(", ", grid)}].");

    private static string NotEmpty(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text;
    }
}
