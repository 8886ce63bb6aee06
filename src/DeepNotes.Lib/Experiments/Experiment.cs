namespace DeepNotes;

/// <summary>
/// A fair comparison: every competitor is measured at each setting of a grid with each seed, and judged at its own best
/// setting. A difference asserted of the result (<see cref="ExperimentResult"/>) must exceed the spread over the seeds, and
/// a control shows that the measurement is able to detect it.
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

    /// <summary>The name of the setting that is tuned for each competitor: "learning rate".</summary>
    public string Setting { get; init; } = "setting";

    /// <summary>The values of the setting to try, in ascending order; a single one to give all competitors the same.</summary>
    public IReadOnlyList<double> Grid { get; init; } = [1];

    /// <summary>The number of seeds 1, 2, …; at least three, to estimate the spread.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>
    /// Measures all competitors, several runs in parallel (<see cref="Runs.OnAllCores"/>): a competitor's function must not
    /// write to state that other runs read. With the same seed, layers without an explicit seed draw the same random numbers
    /// for all competitors. Shows a progress bar.
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

/// <summary>One run: a competitor at one setting, with one seed.</summary>
internal sealed record ExperimentRun(Competitor Competitor, double Setting, ulong Seed)
{
    /// <summary>Runs the competitor and returns what it measured.</summary>
    /// <exception cref="ArgumentException">The competitor returned no number.</exception>
    public double[] Curve()
    {
        double[] curve = [.. Competitor.Measure(Setting, Seed)];
        return curve.Length > 0 ? curve : throw new ArgumentException($"Experiment: {Competitor.Name}: expected at least one measured number, got none.");
    }
}
