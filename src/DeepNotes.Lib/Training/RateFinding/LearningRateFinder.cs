namespace DeepNotes;

/// <summary>
/// The learning-rate range test (Smith 2017, "Cyclical learning rates for training neural networks"): train with a rate
/// that grows by a constant factor, step by step, and watch where the loss falls fastest and where it breaks out. The
/// network, its optimizer and the loader are afterwards as they were.
/// </summary>
public static class LearningRateFinder
{
    // β of the smoothed loss, and how far above its best it may rise, as in fastai.
    private const double Beta = 0.9;
    private const double Breakout = 4;

    /// <summary>Tries rates from <paramref name="lowest"/> to <paramref name="highest"/> on a trainer's network; its callbacks stay silent.</summary>
    /// <param name="trainer">Network, optimizer and loss; the optimizer's schedule is set aside.</param>
    /// <param name="train">The data to learn from; after its end it begins again.</param>
    /// <param name="lowest">The first rate.</param>
    /// <param name="highest">The last rate, unless the loss breaks out before.</param>
    /// <param name="steps">Steps from one to the other.</param>
    /// <exception cref="ArgumentOutOfRangeException">Rates that do not rise from above 0, or fewer than 10 steps.</exception>
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
            // A loss or gradient that is no number ends the test as well as a large one does.
        }
        finally
        {
            before.Restore(trainer.Network, trainer.Optimizer);
            (trainer.Optimizer.Schedule, train.State) = (schedule, loader);
            trainer.Network.Train(isTraining);
        }

        return new LearningRateRange(ramp.Rates, ramp.Losses, Beta);
    }

    /// <summary>As <see cref="FindLearningRate(Trainer, DataLoader, float, float, int)"/>, on batches of a data set.</summary>
    public static LearningRateRange FindLearningRate(
        this Trainer trainer, Dataset train, int batchSize = 128, float lowest = 1e-6f, float highest = 10, int steps = 100, ulong seed = 0) =>
        trainer.FindLearningRate(new DataLoader(train, batchSize, seed), lowest, highest, steps);
}
