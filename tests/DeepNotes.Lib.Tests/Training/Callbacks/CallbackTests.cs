namespace DeepNotes.Tests.Training.Callbacks;

public sealed class CallbackTests
{
    [Fact]
    public void Hooks_are_called_in_order()
    {
        var log = new Log();
        Runs.Trainer(1, log).Fit(Runs.Train.Take(32), epochs: 2, batchSize: 16);
        const string Epoch = "gradients step gradients step epoch ";
        Assert.Equal($"start {Epoch}{Epoch}end Completed", log.Text);
    }

    [Fact]
    public void A_callback_stops_after_the_step_with_its_reason()
    {
        var history = Runs.Fit(Runs.Trainer(1, new StopAt(9)));
        Assert.Equal((9, 1, TrainingEnd.Stopped, "enough"), (history.StepLosses.Count, history.Epochs.Count, history.End, history.EndReason));
    }

    [Fact]
    public void A_failed_training_has_a_history_and_a_reason()
    {
        var log = new Log();
        var trainer = Runs.Trainer(1, log);
        Assert.Throws<TrainingException>(() => trainer.Fit(new Dataset(Tensor.Full([4, 2], float.NaN), [0, 1, 0, 1]), 1));
        Assert.EndsWith("end NonFinite", log.Text, StringComparison.Ordinal);
        Assert.Contains("loss is NaN", trainer.History.EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_gradients_are_cleared()
    {
        var trainer = Runs.Trainer();
        Runs.Fit(trainer, epochs: 1);
        Assert.All(trainer.Network.Parameters, parameter => Assert.Null(parameter.Gradient));
    }

    private sealed class StopAt(int step) : Callback
    {
        public override void OnStep(TrainingRun run)
        {
            if (run.History.StepLosses.Count == step)
            {
                run.Stop("enough");
                run.Stop("later");
            }
        }
    }

    private sealed class Log : Callback
    {
        public string Text { get; private set; } = "";

        public override void OnStart(TrainingRun run) => Text += "start ";

        public override void OnGradients(TrainingRun run, IReadOnlyList<(Parameter Parameter, Tensor Gradient)> gradients) => Text += "gradients ";

        public override void OnStep(TrainingRun run) => Text += "step ";

        public override void OnEpoch(TrainingRun run) => Text += "epoch ";

        public override void OnEnd(TrainingRun run) => Text += $"end {run.History.End}";
    }
}
