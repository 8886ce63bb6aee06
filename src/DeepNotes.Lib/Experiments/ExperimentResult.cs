namespace DeepNotes;

/// <summary>
/// The measurements of an <see cref="Experiment"/>, with charts and assertions. An assertion compares competitors at their
/// best settings, must hold for every pair of seeds, and must be false for a control.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class ExperimentResult : IDisplayable
{
    private readonly Experiment _experiment;

    internal ExperimentResult(Experiment experiment, IReadOnlyList<Measured> competitors) => (_experiment, Competitors) = (experiment, competitors);

    /// <summary>The measurements of each competitor, in the order given.</summary>
    public IReadOnlyList<Measured> Competitors { get; }

    /// <summary>The measurements of one competitor.</summary>
    /// <exception cref="ArgumentException">No competitor has this name.</exception>
    public Measured this[string name] => Competitors.FirstOrDefault(measured => measured.Name == name)
        ?? throw new ArgumentException($"Experiment: expected one of {string.Join(", ", Competitors.Select(measured => $"\"{measured.Name}\""))}, got \"{name}\".");

    /// <summary>
    /// Asserts that <paramref name="better"/> beats <paramref name="than"/> for every pair of seeds, each at its best setting: if
    /// smaller is better, better · factor + margin &lt; than. The best setting of the loser must not be at an end of its grid,
    /// since a better one might lie beyond.
    /// </summary>
    /// <param name="better">The competitor that wins.</param>
    /// <param name="than">The competitor that loses.</param>
    /// <param name="claim">The claim as a sentence.</param>
    /// <param name="factor">The factor by which it wins, for positive numbers; at least 1.</param>
    /// <param name="margin">The difference by which it wins, beyond the factor.</param>
    /// <param name="control">The winner without the supposed cause of its advantage: it must not win by as much.</param>
    /// <param name="cured">The loser without the supposed cause of its disadvantage: it must not lose by as much.</param>
    /// <exception cref="ProofException">The claim fails, the control passes as well, or the grid is too narrow.</exception>
    /// <exception cref="ArgumentException">There is neither a control nor a cured competitor.</exception>
    public void ProveBetter(
        string better, string than, string claim, double factor = 1, double margin = 0, string? control = null, string? cured = null)
    {
        if (control is null && cured is null)
        {
            throw new ArgumentException($"ProveBetter: expected a control, for which the claim must be false, or a cured competitor: \"{claim}\".");
        }

        var (first, second) = (this[better], this[than]);
        bool Beats(double one, double other) => _experiment.HigherIsBetter ? one > other * factor + margin : one * factor + margin < other;
        var holds = Beats(first.WorstSeed, second.BestSeed);
        var figure = $"{Describe(first)} against {Describe(second)}; {_experiment.Seeds} seeds";
        if (control is not null)
        {
            holds &= !Beats(this[control].BestSeed, second.BestSeed);
            figure += $"; control: {Describe(this[control])}";
        }

        if (cured is not null)
        {
            holds &= !Beats(first.WorstSeed, this[cured].BestSeed);
            figure += $"; cured: {Describe(this[cured])}";
        }

        if (second.IsBestAtEnd)
        {
            (holds, figure) = (false, $"{figure}; {second.Name} is best at an end of its grid: widen it");
        }

        Prove.Show(new Proof(claim, figure, holds));
    }

    /// <summary>
    /// Asserts that two competitors at their best settings differ by at most <paramref name="within"/> for every seed, and that
    /// a control differs from the first by more for every seed, so that the measurement would have detected a difference.
    /// </summary>
    /// <param name="one">A competitor.</param>
    /// <param name="other">The competitor claimed to be equal.</param>
    /// <param name="within">The largest difference allowed between the two at the same seed.</param>
    /// <param name="claim">The claim as a sentence.</param>
    /// <param name="control">A competitor that must differ from the first.</param>
    /// <exception cref="ProofException">The claim fails, or the control is no different either.</exception>
    public void ProveEqual(string one, string other, double within, string claim, string control)
    {
        var (first, second, third) = (this[one], this[other], this[control]);
        double[] Differences(Measured measured) => [.. first.Best.Zip(measured.Best, (x, y) => Math.Abs(x - y))];
        var holds = Differences(second).Max() <= within && Differences(third).Min() > within;
        Prove.Show(new Proof(
            claim,
            $"{Describe(first)} and {Describe(second)}, at most {ShortNumber.Format(Differences(second).Max())} apart, allowed {ShortNumber.Format(within)}; "
            + $"{_experiment.Seeds} seeds; control: {Describe(third)}",
            holds));
    }

    /// <summary>
    /// The measured numbers over the grid: the mean over the seeds as a line, in a band from the smallest to the largest. If
    /// every competitor has a single setting, a box plot of the competitors.
    /// </summary>
    public Chart Chart() => Competitors.All(measured => measured.HasSingleSetting)
        ? DeepNotes.Chart.BoxPlot(Competitors.Select(measured => measured.Name), Competitors.Select(measured => (IEnumerable<double>)measured.Best))
            .WithYAxis(_experiment.Measure)
        : DeepNotes.Chart.Combine(Competitors.Select(OverGrid))
            .WithXAxis(_experiment.Setting, log: SpansADecade).WithYAxis(_experiment.Measure);

    /// <summary>The curves of each competitor at its best setting: the mean over the seeds in a band from the smallest to the largest.</summary>
    /// <param name="x">The title of the horizontal axis: "epoch".</param>
    public Chart Curves(string x = "epoch") => DeepNotes.Chart.Combine(Competitors.Select(measured =>
        {
            var points = measured.BestCurves.Min(curve => curve.Count);
            return Band(
                [.. Enumerable.Range(1, points).Select(point => (double)point)],
                [.. Enumerable.Range(0, points).Select(point => measured.BestCurves.Select(curve => curve[point]).ToArray())],
                measured.HasSingleSetting ? measured.Name : $"{measured.Name}, {ShortNumber.Format(measured.BestSetting)}");
        })).WithXAxis(x).WithYAxis(_experiment.Measure);

    /// <inheritdoc/>
    public string ToHtml() => $"<details class=\"deepnotes-experiment\"><summary>{HtmlTable.Escape(Runs)}</summary>"
        + $"<p>Held equal: {HtmlTable.Escape(_experiment.HeldEqual)}.</p>"
        + HtmlTable.Write("deepnotes-experiment-table", Header, Rows) + "</details>";

    /// <inheritdoc/>
    public string ToPlainText() => string.Join('\n', Rows.Select(row => string.Join(", ", row)).Prepend($"{Runs}. Held equal: {_experiment.HeldEqual}."));

    private string Runs => $"{Competitors.Sum(measured => measured.Grid.Count) * _experiment.Seeds} runs: "
        + $"{Competitors.Count} competitors, {_experiment.Seeds} seeds, each at its best {_experiment.Setting}";

    private string[] Header => ["competitor", "tried", $"best {_experiment.Setting}", $"{_experiment.Measure}: mean", "smallest", "largest"];

    private IEnumerable<string[]> Rows => Competitors.Select(measured => (string[])
    [
        measured.Name, string.Join(", ", measured.Grid.Select(ShortNumber.Format)), ShortNumber.Format(measured.BestSetting),
        ShortNumber.Format(measured.Mean), ShortNumber.Format(measured.Best.Min()), ShortNumber.Format(measured.Best.Max()),
    ]);

    private bool SpansADecade => Competitors.SelectMany(measured => measured.Grid).Min() > 0
        && Competitors.Max(measured => measured.Grid[^1]) >= 10 * Competitors.Min(measured => measured.Grid[0]);

    private string Describe(Measured measured) =>
        $"{measured.Name} {measured.Spread}{(measured.HasSingleSetting ? "" : $" at {_experiment.Setting} {ShortNumber.Format(measured.BestSetting)}")}";

    private static Chart OverGrid(Measured measured) => Band(
        [.. measured.Grid], [.. Enumerable.Range(0, measured.Grid.Count).Select(measured.Of)], measured.Name);

    private static Chart Band(double[] x, double[][] values, string name) => DeepNotes.Chart.Range(
        x, values.Select(seeds => seeds.Average()), values.Select(seeds => seeds.Min()), values.Select(seeds => seeds.Max()), name);
}
