namespace DeepNotes.Tests.Experiments;

/// <summary>The rules for experiments, on known measurements.</summary>
public sealed class ExperimentTests
{
    private static readonly Competitor[] All =
    [
        new("fast", (rate, seed) => Bowl(rate, best: 10, height: 1, seed)),
        new("slow", (rate, seed) => Bowl(rate, best: 1, height: 2, seed)),
        new("also slow", (rate, seed) => Bowl(rate, best: 1, height: 2.05, seed)),
        new("near", (rate, seed) => Bowl(rate, best: 1, height: 1.1, seed)),
        new("at the end", (rate, seed) => Bowl(rate, best: 1000, height: 2, seed)),
        new("diverges", (rate, seed) => rate > 1 ? double.NaN : Bowl(rate, best: 100, height: 2, seed)),
    ];

    private static readonly ExperimentResult Losses = Run(higherIsBetter: false);
    private static readonly ExperimentResult Scores = Run(higherIsBetter: true);

    // A parabola over the logarithm of the rate; the seeds add up to 0.1.
    private static double Bowl(double rate, double best, double height, ulong seed) =>
        height + Math.Pow(Math.Log10(rate / best), 2) + (seed - 1) * 0.05;

    private static ExperimentResult Run(bool higherIsBetter) =>
        new Experiment("loss", "everything else") { Setting = "rate", Grid = [0.1, 1, 10, 100], HigherIsBetter = higherIsBetter }
            .Run([.. All.Select(competitor => new Competitor(competitor.Name, (rate, seed) =>
                (higherIsBetter ? -1 : 1) * competitor.Measure(rate, seed)[^1]))]);

    [Fact]
    public void Each_competitor_is_judged_at_its_own_best_setting()
    {
        Assert.Equal([10, 1, 1, 1, 100, 1], Losses.Competitors.Select(measured => measured.BestSetting));
        Assert.Equal([1, 1.05, 1.1], Losses["fast"].Best.Select(loss => Math.Round(loss, 12)));
        Assert.True(Losses["at the end"].IsBestAtEnd);
        Assert.False(Losses["diverges"].IsBestAtEnd);
    }

    [Fact]
    public void The_numbers_of_every_tried_setting_are_available()
    {
        Assert.Equal([3, 3.05, 3.1], Losses["slow"].At(10).Select(loss => Math.Round(loss, 12)));
        Assert.Equal(double.PositiveInfinity, Losses["diverges"].At(100).Max());
        Assert.Equal(Losses["slow"].At(10), Losses["slow"].CurvesAt(10).Select(curve => curve[^1]));
        Assert.Contains("expected one of [0.1, 1, 10, 100], got 5", Assert.Throws<ArgumentException>(() => Losses["slow"].At(5)).Message);
    }

    public static TheoryData<bool> Directions() => [false, true];

    [Theory]
    [MemberData(nameof(Directions))]
    public void A_difference_beyond_the_spread_is_better(bool higher)
    {
        var result = higher ? Scores : Losses;
        result.ProveBetter("fast", "slow", "claim", margin: 0.8, control: "also slow");
        result.ProveBetter("fast", "slow", "claim", margin: 0.5, cured: "near");
        result.ProveBetter("fast", "diverges", "claim", margin: 4.5, control: "slow");
    }

    public static TheoryData<string, Action> Refused() => new()
    {
        { "the opposite", () => Losses.ProveBetter("slow", "fast", "claim", control: "also slow") },
        { "a margin larger than the effect", () => Losses.ProveBetter("fast", "slow", "claim", margin: 0.95, control: "also slow") },
        { "a factor larger than the effect", () => Losses.ProveBetter("fast", "slow", "claim", factor: 1.9, control: "also slow") },
        { "spreads that overlap", () => Losses.ProveBetter("slow", "also slow", "claim", control: "also slow") },
        { "a control that passes too", () => Losses.ProveBetter("fast", "slow", "claim", margin: 0.5, control: "near") },
        { "a cure that does not help", () => Losses.ProveBetter("fast", "slow", "claim", margin: 0.5, cured: "also slow") },
        { "a loser at the end of its grid", () => Losses.ProveBetter("fast", "at the end", "claim", control: "slow") },
        { "the opposite, of scores", () => Scores.ProveBetter("slow", "fast", "claim", control: "also slow") },
        { "what differs by more", () => Losses.ProveEqual("fast", "slow", 0.5, "claim", control: "slow") },
        { "a control that is equal too", () => Losses.ProveEqual("slow", "also slow", 0.1, "claim", control: "also slow") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_claim_that_does_not_hold_is_rejected(string name, Action claim)
    {
        Assert.NotEmpty(name);
        Assert.Throws<ProofException>(claim);
    }

    [Fact]
    public void Competitors_are_equal_if_they_differ_less_than_the_control() =>
        Losses.ProveEqual("slow", "also slow", 0.1, "claim", control: "fast");

    public static TheoryData<string, Action> Mistakes() => new()
    {
        { "expected a control", () => Losses.ProveBetter("fast", "slow", "claim") },
        { "expected one of \"fast\"", () => Losses.ProveBetter("quick", "slow", "claim", control: "near") },
        { "got \"a\" twice", () => new Experiment("loss", "all").Run(new Competitor("a", (_, _) => 1), new Competitor("a", (_, _) => 1)) },
        { "competitors 0: expected 1 or more", () => new Experiment("loss", "all").Run() },
        { "Seeds 2: expected 3 or more", () => new Experiment("loss", "all") { Seeds = 2 }.Run(All) },
        { "grid in ascending order, got [2, 1]", () => new Experiment("loss", "all") { Grid = [2, 1] }.Run(All) },
        { "grid in ascending order, got []", () => new Experiment("loss", "all").Run(new Competitor("a", (_, _) => 1) { Grid = [] }) },
        { "at least one measured number", () => new Experiment("loss", "all").Run(new Competitor("a", (_, _) => Array.Empty<double>())) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_arguments_are_named(string message, Action mistake) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(mistake).Message, StringComparison.Ordinal);

    [Fact]
    public void With_one_seed_the_layers_of_all_competitors_draw_the_same_numbers()
    {
        static double FirstWeight(double setting, ulong seed) => new Linear(1, 1).Weight.Value.ToSingle();
        var drawn = new Experiment("weight", "all") { Grid = [1, 2] }.Run(new Competitor("a", FirstWeight), new Competitor("b", FirstWeight));
        Assert.Equal(drawn["a"].At(1), drawn["b"].At(1));
        Assert.Equal(drawn["a"].At(1), drawn["b"].At(2));
        Assert.Equal(3, drawn["a"].At(1).Distinct().Count());
    }

    [Fact]
    public void It_draws_the_grid_the_curves_or_for_single_settings_a_box_plot()
    {
        Assert.Contains("fast: band, 4 points", Losses.Chart().ToPlainText(), StringComparison.Ordinal);
        var curves = new Experiment("loss", "all") { Grid = [1, 2, 3] }.Run(
            new Competitor("a", (rate, seed) => (IReadOnlyList<double>)[rate, rate * rate - 4 * rate + seed]),
            new Competitor("b", (rate, _) => (IReadOnlyList<double>)[rate, -rate, 0]) { Grid = [5] });
        Assert.Contains("a, 2: line, 2 points", curves.Curves().ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("b: line, 3 points", curves.Curves().ToPlainText(), StringComparison.Ordinal);
        var shared = new Experiment("loss", "all").Run(new Competitor("a", (_, seed) => seed));
        Assert.Contains("in quartiles, a median 2", shared.Chart().ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_table_lists_what_was_tried_and_held_equal()
    {
        Assert.StartsWith("72 runs: 6 competitors, 3 seeds, each at its best rate. Held equal: everything else.\nfast, 0.1, 1, 10, 100, 10, 1.05, 1, 1.1", Losses.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("Held equal: everything else", Losses.ToHtml(), StringComparison.Ordinal);
    }
}
