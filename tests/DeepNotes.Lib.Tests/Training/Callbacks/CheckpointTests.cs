using DeepNotes.Tests.Data;

namespace DeepNotes.Tests.Training.Callbacks;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    public void Every_nth_epoch_is_saved(int every, int last)
    {
        Runs.Fit(Runs.Trainer(1, new Checkpoint(_folder.File("run"), every)), 5);
        Assert.Equal(last, EpochsIn("run"));
    }

    [Fact]
    public void The_best_epoch_has_a_separate_file()
    {
        double[] course = [3, 1, 2, 5, 4];
        var metric = new EpochMetric("score", epoch => course[epoch.Epoch - 1], LargerIsBetter: true);
        Runs.Fit(Runs.Trainer(1, new Checkpoint(_folder.File("run"), best: _folder.File("best"), metric: metric)), 5);
        Assert.Equal((5, 4), (EpochsIn("run"), EpochsIn("best")));
    }

    [Fact]
    public void A_file_and_a_positive_number_of_epochs_are_needed()
    {
        Assert.Throws<ArgumentException>(() => new Checkpoint(null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("run", every: 0));
    }

    public void Dispose() => _folder.Dispose();

    private int EpochsIn(string file)
    {
        var trainer = Runs.Trainer(2, new Checkpoint(_folder.File("other")));
        trainer.Resume(_folder.File(file));
        return trainer.History.Epochs.Count;
    }
}
