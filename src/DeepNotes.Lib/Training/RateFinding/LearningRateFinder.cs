namespace DeepNotes;

/// <summary>
/// The learning-rate range test (Smith 2017, "Cyclical learning rates for training neural networks"): trains with a rate
/// that grows by a constant factor at each step, to find where the loss falls fastest and where it diverges. The states of
/// the network, the optimizer and the loader are restored afterwards.
/// </summary>
public static class LearningRateFinder
{
    // β of the smoothed loss, and the multiple of its minimum at which the test stops, as in fastai.
    private const double Beta = 0.9;
    private const double Breakout = 4;

    /// <summary>Tries rates from <paramref name="lowest"/> to <paramref name="highest"/> on a trainer's network, without its callbacks.</summary>
    /// <param name="trainer">The trainer with network, optimizer and loss; the optimizer's schedule is not used.</param>
    /// <param name="train">The training data, repeated as necessary.</param>
    /// <param name="lowest">The first rate.</param>
    /// <param name="highest">The last rate, unless the loss diverges before.</param>
    /// <param name="steps">The number of rates.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; lowest &lt; highest, or fewer than 10 steps.</exception>
    public static LearningRateRange FindLearningRate(
        this Trainer trainer, DataLoader train, float lowest = 1e-6f, float highest = 10, int steps = 100)
    {
        if (!(lowest > 0 && highest > lowest && float.IsFinite(highest)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(highest), $"FindLearningRate: expected finite rates that rise from above 0, got {lowest} to {highest}.");
        }

        Check.AtLeast(10, steps, "FindLearningRate");
        var (before, loader) = (LearnerState.Of(trainer.Network, trainer.Optimizer), train.State);
        var (schedule, isTraining) = (trainer.Optimizer.Schedule, trainer.Network.IsTraining);
        var ramp = new RateRamp(lowest, highest, steps, Beta, Breakout);
        try
        {
            trainer.Optimizer.Schedule = null;
            new Trainer(trainer, [ramp]).Fit(train, epochs: (steps / train.BatchesPerEpoch) + 2);
        }
        catch (TrainingException) when (ramp.Losses.Count > 0)
        {
            // A loss or gradient that is not finite ends the test, as a large loss does.
        }
        finally
        {
            before.Restore(trainer.Network, trainer.Optimizer);
            (trainer.Optimizer.Schedule, train.State) = (schedule, loader);
            trainer.Network.Train(isTraining);
        }

        return new LearningRateRange(ramp.Rates, ramp.Losses, Beta);
    }

    /// <summary>As <see cref="FindLearningRate(Trainer, DataLoader, float, float, int)"/>, on shuffled batches of a data set.</summary>
    public static LearningRateRange FindLearningRate(
        this Trainer trainer, Dataset train, int batchSize = 128, float lowest = 1e-6f, float highest = 10, int steps = 100, ulong seed = 0) =>
        trainer.FindLearningRate(new DataLoader(train, batchSize, seed), lowest, highest, steps);
}
