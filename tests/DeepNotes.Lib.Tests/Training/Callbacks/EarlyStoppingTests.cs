namespace DeepNotes.Tests.Training.Callbacks;

public sealed class EarlyStoppingTests
{
    private const int Never = 100;

    /// <summary>Scores by epoch, patience and margin; the best epoch and the one after which training stops.</summary>
    public static TheoryData<double[], int, double, int, int> Courses => new()
    {
        { [5, 4, 3, 4, 5, 6], 1, 0, 3, 5 },
        { [5, 4, 3, 4, 5, 6], 0, 0, 3, 4 },
        { [5, 4, 3, 4, 5, 6], Never, 0, 3, 6 },
        { [5, 4, 3, 4, 2, 3, 3], 1, 0, 5, 7 },
        { [5, 4.9, 4.8, 4.7, 4.6], 1, 0.5, 1, 3 },
        { [5, double.NaN, double.NaN, 1], 1, 0, 1, 3 },
    };

    [Theory]
    [MemberData(nameof(Courses))]
    public void It_stops_and_restores_the_best_weights(double[] course, int patience, double margin, int best, int last)
    {
        var stopping = new EarlyStopping(patience, new EpochMetric("score", epoch => course[epoch.Epoch - 1]), margin);
        var weights = new WeightsByEpoch();
        var trainer = Runs.Trainer(1, stopping, weights);
        var history = Runs.Fit(trainer, course.Length);
        Assert.Equal((best, last), (stopping.BestEpoch, history.Epochs.Count));
        Assert.Equal(weights[best], Runs.Weights(trainer.Network));
        Assert.Equal(last == course.Length && patience == Never ? TrainingEnd.Completed : TrainingEnd.Stopped, history.End);
    }

    [Fact]
    public void A_larger_accuracy_is_better()
    {
        var stopping = new EarlyStopping(0, new EpochMetric("score", epoch => epoch.Epoch, LargerIsBetter: true));
        Runs.Fit(Runs.Trainer(1, stopping), 3);
        Assert.Equal(3, stopping.BestEpoch);
    }

    [Fact]
    public void A_second_training_restarts_the_patience()
    {
        var stopping = new EarlyStopping(0, new EpochMetric("score", epoch => epoch.Epoch));
        var trainer = Runs.Trainer(1, stopping);
        Assert.Equal(2, Runs.Fit(trainer).Epochs.Count);
        Assert.Equal(2, Runs.Fit(trainer).Epochs.Count);
    }

    [Fact]
    public void Without_validation_data_it_says_what_is_missing()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Runs.Trainer(1, new EarlyStopping()).Fit(Runs.Train, 1));
        Assert.Contains("EarlyStopping: expected epochs with a validation loss", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void Patience_and_margin_are_not_negative(int patience, double margin) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(patience, margin: margin));

    private sealed class WeightsByEpoch : Callback
    {
        private readonly List<float[]> _weights = [];

        public float[] this[int epoch] => _weights[epoch - 1];

        public override void OnEpoch(TrainingRun run) => _weights.Add(Runs.Weights(run.Network));
    }
}
