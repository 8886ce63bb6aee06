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

    /// <summary>
    /// Measures all competitors, several runs at a time (<see cref="Runs.OnAllCores"/>): what a competitor's function changes
    /// must be its own. With one seed the layers of all competitors draw the same numbers, unless they were given others. A
    /// progress bar says how far it is.
    /// </summary>
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

        var plans = competitors.Select(competitor => (Competitor: competitor, Grid: Ascending(competitor.Grid ?? Grid))).ToList();
        List<ExperimentRun> runs =
        [
            .. from plan in plans
               from setting in plan.Grid
               from seed in Enumerable.Range(1, Seeds)
               select new ExperimentRun(plan.Competitor, setting, (ulong)seed),
        ];
        var progress = new ExperimentProgress(runs.Count);
        var curves = Runs.Each(runs, run => run.Seed, run =>
        {
            progress.Begin($"{run.Competitor.Name}, {Setting} {ShortNumber.Format(run.Setting)}, seed {run.Seed}");
            var curve = run.Curve();
            progress.End();
            return curve;
        });
        var bySetting = new Queue<double[][]>(curves.Chunk(Seeds));
        var result = new ExperimentResult(this, [.. plans.Select(plan => new Measured(
            plan.Competitor.Name, HigherIsBetter, plan.Grid, [.. plan.Grid.Select(_ => bySetting.Dequeue())]))]);
        progress.End(result);
        return result;
    }

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

/// <summary>A competitor at a setting, with a seed.</summary>
internal sealed record ExperimentRun(Competitor Competitor, double Setting, ulong Seed)
{
    /// <summary>Measures it.</summary>
    /// <exception cref="ArgumentException">The competitor measured nothing.</exception>
    public double[] Curve()
    {
        double[] curve = [.. Competitor.Measure(Setting, Seed)];
        return curve.Length > 0 ? curve : throw new ArgumentException($"Experiment: {Competitor.Name}: expected at least one measured number, got none.");
    }
}
