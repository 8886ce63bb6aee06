namespace DeepNotes.Tests.Training.Callbacks;

public sealed class TrainingMonitorTests
{
    // Plain gradient descent: ‖Δw‖ = η‖g‖.
    [Fact]
    public void The_update_ratio_is_rate_times_gradient_over_weight()
    {
        var monitor = new TrainingMonitor(every: 1);
        var trainer = new Trainer(Runs.Net(), new SGD(0.1f), Loss.CrossEntropy) { Callbacks = [monitor], ShowsProgress = false };
        var names = trainer.Network.NamedParameters.Select(named => named.Name).ToList();
        Runs.Fit(trainer, epochs: 1);
        Assert.Equal(Runs.BatchesPerEpoch * names.Count, monitor.Parameters.Count);
        Assert.Equal(names, monitor.Parameters.Take(names.Count).Select(row => row.Name));
        Assert.All(monitor.Parameters.Where(row => row.WeightNorm > 0), row =>
            Assert.Equal(0.1 * row.GradientNorm / row.WeightNorm, row.UpdateRatio, 1e-4 * (row.UpdateRatio + 1e-2)));
    }

    [Theory]
    [InlineData(1, new[] { 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(3, new[] { 1, 4, 7 })]
    [InlineData(10, new[] { 1 })]
    public void Every_nth_step_is_sampled(int every, int[] steps)
    {
        var monitor = new TrainingMonitor(every);
        Runs.Fit(Runs.Trainer(1, monitor), epochs: 1);
        Assert.Equal(steps, monitor.Parameters.Select(row => row.Step).Distinct());
        Assert.Equal(steps, monitor.Activations.Select(row => row.Step).Distinct());
    }

    [Fact]
    public void Monitoring_changes_nothing()
    {
        var (alone, watched) = (Runs.Trainer(), Runs.Trainer(1, new TrainingMonitor(1)));
        Assert.Equal(Runs.Fit(alone).StepLosses, Runs.Fit(watched).StepLosses);
        Assert.Equal(Runs.Weights(alone.Network), Runs.Weights(watched.Network));
    }

    [Fact]
    public void Activations_are_those_of_the_batch()
    {
        var monitor = new TrainingMonitor(1);
        Sequential net = [new Linear(1, 2, initializer: (_, _) => [1, -1], bias: false), new ReLU()];
        var data = new Dataset(Tensor.From([1, 3], [2, 1]), [0, 0], ["a", "b"]);
        new Trainer(net, new SGD(1e-6f), Loss.CrossEntropy) { Callbacks = [monitor], ShowsProgress = false }.Fit(data, 1);
        Assert.Equal(["0 Linear", "1 ReLU"], monitor.Activations.Select(row => row.Name));
        Assert.Equal(new ActivationRecord(1, "0 Linear", 0, Math.Sqrt(5), 0), monitor.Activations[0]);
        Assert.Equal(new ActivationRecord(1, "1 ReLU", 1, Math.Sqrt(1.5), 0.5), monitor.Activations[1]);
        Assert.Equal([("0 Linear", 0, 2), ("1 ReLU", 1, 2)], monitor.DeadUnits);
    }

    [Fact]
    public void Nothing_is_recorded_after_the_end_nor_during_validation()
    {
        var monitor = new TrainingMonitor(1);
        var trainer = Runs.Trainer(1, monitor);
        Runs.Fit(trainer, epochs: 1);
        var seen = monitor.Activations.Count;
        trainer.Network.Forward(Runs.Train.Inputs);
        Assert.Equal(Runs.BatchesPerEpoch * 4, seen);
        Assert.Equal(seen, monitor.Activations.Count);
    }

    [Fact]
    public void Each_parameter_and_layer_has_its_curve()
    {
        var monitor = new TrainingMonitor(1);
        Assert.Throws<InvalidOperationException>(monitor.GradientChart);
        Runs.Fit(Runs.Trainer(1, monitor), epochs: 1);
        Assert.Contains("0.Weight: line, 7 points", monitor.GradientChart().ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("4.Linear.Bias: line, 7 points", monitor.UpdateRatioChart().ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("2 ReLU: line, 7 points", monitor.ActivationChart().ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sampling_interval_is_at_least_one() => Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingMonitor(0));
}
