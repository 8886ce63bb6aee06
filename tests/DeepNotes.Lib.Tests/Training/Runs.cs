namespace DeepNotes.Tests.Training;

/// <summary>A small training with every kind of state: dropout, running statistics, moments, a schedule, shuffling.</summary>
internal static class Runs
{
    public const int BatchesPerEpoch = 7;

    public static readonly Dataset Train = Points(100, 1);

    public static readonly Dataset Validation = Points(40, 2);

    public static Sequential Net(ulong seed = 1, int hidden = 8) =>
    [
        new Linear(2, hidden, seed: seed),
        new BatchNorm1d(hidden),
        new ReLU(),
        new Dropout(0.2f, seed: seed + 1),
        new DropConnect(hidden, 2, 0.1f, seed: seed + 2),
    ];

    public static Trainer Trainer(ulong seed = 1, params Callback[] callbacks) => new(
        Net(seed), new Adam(0.01f) { Schedule = Schedules.InverseTime(0.01f), GlobalClipNorm = 1 }, Loss.CrossEntropy)
    {
        Callbacks = callbacks,
        ShowsProgress = false,
    };

    public static History Fit(Trainer trainer, int epochs = 5, CancellationToken cancellation = default) =>
        trainer.Fit(Train, epochs, batchSize: 16, Validation, seed: 9, cancellation);

    /// <summary>Trains, is cancelled after some steps, and saves.</summary>
    public static void StopAndSave(Trainer trainer, CancelAfter cancel, string path)
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(trainer, cancellation: cancel.Token));
        trainer.Save(path);
    }

    /// <summary>Every number that a step changes.</summary>
    public static float[] Weights(Layer network) =>
    [
        .. network.NamedParameters.SelectMany(named => named.Parameter.Value.ToArray()),
        .. network.NamedStatistics.SelectMany(named => named.Statistic.Value.ToArray()),
    ];

    private static Dataset Points(int count, ulong seed)
    {
        var x = Tensor.Normal([count, 2], seed: seed);
        return new Dataset(x, [.. Enumerable.Range(0, count).Select(i => x[i, 0] * x[i, 1] > 0 ? 1 : 0)]);
    }
}

/// <summary>Cancels a training after some steps, as interrupting the cell does.</summary>
internal sealed class CancelAfter(int steps) : Callback, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public override void OnStep(TrainingRun run)
    {
        if (run.History.StepLosses.Count == steps)
        {
            _source.Cancel();
        }
    }

    public void Dispose() => _source.Dispose();
}
