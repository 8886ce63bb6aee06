namespace DeepNotes.Tests.Training.Callbacks;

public sealed class PlateauReportTests
{
    [Fact]
    public void The_rate_falls_on_a_plateau()
    {
        double[] course = [3, 2, 2, 2, 2];
        var report = new PlateauReport(new ReduceOnPlateau(0.5f, patience: 0), new EpochMetric("score", epoch => course[epoch.Epoch - 1]));
        var trainer = new Trainer(Runs.Net(), new SGD(0.1f), Loss.CrossEntropy) { Callbacks = [report], ShowsProgress = false };
        var history = Runs.Fit(trainer, 5);
        Assert.Equal([0.1f, 0.1f, 0.1f, 0.05f, 0.025f], history.EpochSteps.Select(step => history.StepLearningRates[step - 1]));
    }

    [Fact]
    public void A_schedule_of_the_optimizer_is_kept()
    {
        var trainer = Runs.Trainer(1, new PlateauReport(new ReduceOnPlateau()));
        var schedule = trainer.Optimizer.Schedule;
        Runs.Fit(trainer, 1);
        Assert.Same(schedule, trainer.Optimizer.Schedule);
    }
}
