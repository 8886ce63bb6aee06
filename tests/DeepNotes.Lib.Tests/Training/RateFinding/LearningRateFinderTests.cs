namespace DeepNotes.Tests.Training.RateFinding;

public sealed class LearningRateFinderTests
{
    [Fact]
    public void The_suggested_rate_is_where_the_loss_falls_and_trains_well()
    {
        var trainer = Quadratic();
        var range = trainer.FindLearningRate(Line, batchSize: 32, lowest: 1e-4f, highest: 10, steps: 60);
        Assert.InRange(range.Suggestion!.Value, 1e-3f, range.LowestLossRate);

        // Gradient descent on E[x²]·(w - 3)² diverges beyond η = 1; the smoothed loss notices a few steps later.
        Assert.InRange(range.LowestLossRate, 0.01f, 3);
        Assert.True(range.Rates[^1] < 10);
        trainer.Optimizer.LearningRate = range.Suggestion.Value;
        var history = trainer.Fit(Line, 40, 32);
        Assert.True(history.Last.Loss < history.Epochs[0].Loss / 10);
        Assert.Contains("suggested", range.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("<svg", range.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Network_optimizer_and_loader_are_restored()
    {
        var (tested, untouched) = (Runs.Trainer(), Runs.Trainer());
        var loader = new DataLoader(Runs.Train, 16, seed: 9);
        foreach (var trainer in new[] { tested, untouched })
        {
            Runs.Fit(trainer, epochs: 1);
        }

        var (before, schedule) = (loader.State, tested.Optimizer.Schedule);
        tested.FindLearningRate(loader);
        Assert.Equal(before, loader.State);
        Assert.Same(schedule, tested.Optimizer.Schedule);
        Assert.Equal(Runs.Fit(untouched).StepLosses, Runs.Fit(tested).StepLosses);
        Assert.Equal(Runs.Weights(untouched.Network), Runs.Weights(tested.Network));
    }

    [Fact]
    public void Rates_rise_by_a_constant_factor()
    {
        var range = Quadratic().FindLearningRate(Line, 32, lowest: 1e-5f, highest: 1e-3f, steps: 21);
        Assert.Equal(21, range.Rates.Count);
        Assert.Equal(1e-5, range.Rates[0], 1e-10);
        Assert.Equal(1e-4, range.Rates[10], 1e-9);
        Assert.Equal(1e-3, range.Rates[^1], 1e-8);
    }

    [Fact]
    public void A_loss_that_only_rises_gives_no_suggestion()
    {
        var range = Quadratic().FindLearningRate(Line, 32, lowest: 3, highest: 30, steps: 20);
        Assert.Null(range.Suggestion);
        Assert.Contains("no suggestion", range.ToPlainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 50)]
    [InlineData(1, 1, 50)]
    [InlineData(0.1f, float.PositiveInfinity, 50)]
    [InlineData(float.NaN, 1, 50)]
    [InlineData(0.1f, 1, 9)]
    public void Rates_rise_from_above_0_in_some_steps(float lowest, float highest, int steps) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Quadratic().FindLearningRate(Line, lowest: lowest, highest: highest, steps: steps));

    private static Tensor X { get; } = Tensor.Normal([256, 1], seed: 1);

    private static Dataset Line { get; } = new(X, (3 * X) + 0.3f * Tensor.Normal([256, 1], seed: 2));

    private static Trainer Quadratic() => new(new Linear(1, 1, bias: false, initializer: (_, _) => [0]), new SGD(0.1f), Loss.MeanSquaredError) { ShowsProgress = false };
}
