using DeepNotes.Tests.Data;

namespace DeepNotes.Tests.Training.Resuming;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("run.safetensors");

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(2 * Runs.BatchesPerEpoch)]
    [InlineData(2 * Runs.BatchesPerEpoch + 1)]
    [InlineData(5 * Runs.BatchesPerEpoch - 1)]
    public void Resuming_after_a_stop_is_bit_identical(int steps)
    {
        var whole = Runs.Trainer(1, Watching());
        Runs.Fit(whole);
        using var cancel = new CancelAfter(steps);
        Runs.StopAndSave(Runs.Trainer(1, [.. Watching(), cancel]), cancel, File);

        var resumed = Runs.Trainer(seed: 77, Watching());
        resumed.Resume(File);
        Assert.Equal(steps, resumed.History.StepLosses.Count);
        Runs.Fit(resumed);
        AssertSame(whole, resumed);
    }

    [Fact]
    public void Resuming_twice_is_bit_identical()
    {
        var whole = Runs.Trainer();
        Runs.Fit(whole);
        using var first = new CancelAfter(3);
        Runs.StopAndSave(Runs.Trainer(1, first), first, File);
        using var second = new CancelAfter(20);
        var again = Runs.Trainer(5, second);
        again.Resume(File);
        Runs.StopAndSave(again, second, File);
        var resumed = Runs.Trainer(6);
        resumed.Resume(File);
        Runs.Fit(resumed);
        AssertSame(whole, resumed);
    }

    [Fact]
    public void A_checkpoint_of_an_epoch_resumes_after_it()
    {
        var whole = Runs.Trainer(1, Watching());
        Runs.Fit(whole);
        var copy = _folder.File("copy");
        var keep = new Copy(File, copy, epoch: 3);
        Runs.Fit(Runs.Trainer(1, [new Checkpoint(File), .. Watching(), keep]));

        var resumed = Runs.Trainer(77, [new Checkpoint(null, best: File, metric: EpochMetric.Loss), .. Watching()]);
        resumed.Resume(copy);
        Assert.Equal(2, resumed.History.Last.Epoch);
        Runs.Fit(resumed);
        AssertSame(whole, resumed);
    }

    [Fact]
    public void More_epochs_after_the_end_equal_a_single_run()
    {
        var whole = Runs.Trainer();
        Runs.Fit(whole, epochs: 5);
        var two = Runs.Trainer();
        Runs.Fit(two, epochs: 2);
        two.Save(File);
        var resumed = Runs.Trainer(3);
        resumed.Resume(File);
        Runs.Fit(resumed, epochs: 5);
        AssertSame(whole, resumed);
    }

    // The first epoch is the best: the rate is reduced, training stops after the fourth, and the weights of the first, from
    // before the stop, are restored.
    [Theory]
    [InlineData(Runs.BatchesPerEpoch)]
    [InlineData(2 * Runs.BatchesPerEpoch + 3)]
    [InlineData(4 * Runs.BatchesPerEpoch - 1)]
    public void Callbacks_resume_with_their_state(int steps)
    {
        static Trainer Make(ulong seed, params Callback[] more)
        {
            var worse = new EpochMetric("score", epoch => epoch.Epoch);
            return new Trainer(Runs.Net(seed), new SGD(0.1f, 0.9f), Loss.CrossEntropy)
            {
                Callbacks = [new EarlyStopping(2, worse), new PlateauReport(new ReduceOnPlateau(0.5f, patience: 0), worse), .. more],
                ShowsProgress = false,
            };
        }

        var whole = Make(1);
        Runs.Fit(whole);
        Assert.Equal((TrainingEnd.Stopped, 4), (whole.History.End, whole.History.Epochs.Count));
        using var cancel = new CancelAfter(steps);
        Runs.StopAndSave(Make(1, cancel), cancel, File);
        var resumed = Make(2);
        resumed.Resume(File);
        Runs.Fit(resumed);
        AssertSame(whole, resumed);
    }

    [Fact]
    public void A_stop_while_batches_are_prefetched_loses_none()
    {
        var whole = Runs.Trainer();
        Runs.Fit(whole);
        using var cancel = new CancelAfter(10);
        var stopped = Runs.Trainer(1, cancel);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            stopped.Fit(new DataLoader(Runs.Train, 16, seed: 9) { Prefetch = 3 }, 5, Runs.Validation, cancel.Token));
        stopped.Save(File);
        var resumed = Runs.Trainer(2);
        resumed.Resume(File);
        resumed.Fit(new DataLoader(Runs.Train, 16, seed: 9) { Prefetch = 2 }, 5, Runs.Validation);
        AssertSame(whole, resumed);
    }

    [Fact]
    public void A_stop_during_gradient_accumulation_resumes_there()
    {
        static Trainer Accumulating(ulong seed, params Callback[] callbacks) =>
            new(Runs.Net(seed), new SGD(0.1f, 0.9f) { AccumulationSteps = 4 }, Loss.CrossEntropy) { ShowsProgress = false, Callbacks = callbacks };
        var whole = Accumulating(1);
        Runs.Fit(whole);
        using var cancel = new CancelAfter(10);
        Runs.StopAndSave(Accumulating(1, cancel), cancel, File);
        var resumed = Accumulating(2);
        resumed.Resume(File);
        Runs.Fit(resumed);
        AssertSame(whole, resumed);
    }

    [Fact]
    public void A_fit_without_a_preceding_resume_starts_over()
    {
        var trainer = Runs.Trainer();
        Runs.Fit(trainer, epochs: 1);
        Assert.Single(Runs.Fit(trainer, epochs: 1).Epochs);
    }

    [Fact]
    public void A_finished_training_has_nothing_to_resume()
    {
        var trainer = Runs.Trainer();
        Runs.Fit(trainer, epochs: 2);
        trainer.Save(File);
        var weights = Runs.Weights(trainer.Network);
        trainer.Resume(File);
        Assert.Equal(2, Runs.Fit(trainer, epochs: 2).Epochs.Count);
        Assert.Equal(weights, Runs.Weights(trainer.Network));
    }

    [Fact]
    public void Random_layers_are_found_wherever_they_are()
    {
        Sequential net = [new Residual(new Dropout()), new DropConnect(2, 2), new Linear(2, 2)];
        Assert.Equal(["0.Branch.Random", "1.Random"], net.NamedGenerators.Select(named => named.Name).Order());
    }

    public void Dispose() => _folder.Dispose();

    private static Callback[] Watching() =>
        [new PlateauReport(new ReduceOnPlateau(patience: 0), EpochMetric.Accuracy), new EarlyStopping(patience: 1)];

    private static void AssertSame(Trainer expected, Trainer actual)
    {
        Assert.Equal(expected.History.StepLosses, actual.History.StepLosses);
        Assert.Equal(expected.History.StepLearningRates, actual.History.StepLearningRates);
        Assert.Equal(expected.History.Epochs, actual.History.Epochs);
        Assert.Equal(expected.History.EpochSteps, actual.History.EpochSteps);
        Assert.Equal(expected.History.End, actual.History.End);
        Assert.Equal(Runs.Weights(expected.Network), Runs.Weights(actual.Network));
        var (ours, theirs) = (expected.Optimizer.Save(expected.Network.Parameters), actual.Optimizer.Save(actual.Network.Parameters));
        Assert.Equal(ours.Numbers.OrderBy(pair => pair.Key), theirs.Numbers.OrderBy(pair => pair.Key));
        Assert.Equal(Values(ours), Values(theirs));
        Assert.Equal(
            expected.Network.NamedGenerators.Select(named => named.Generator.State),
            actual.Network.NamedGenerators.Select(named => named.Generator.State));
    }

    private static float[] Values(OptimizerSnapshot snapshot) =>
        [.. snapshot.Tensors.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value.ToArray())];

    /// <summary>Copies the checkpoint at the end of an epoch, when it is that of the previous epoch.</summary>
    private sealed class Copy(string from, string to, int epoch) : Callback
    {
        public override void OnEpoch(TrainingRun run)
        {
            if (run.History.Last.Epoch == epoch)
            {
                System.IO.File.Copy(from, to);
            }
        }
    }
}
