namespace DeepNotes;

/// <summary>
/// Saves the run to a file every n epochs, the best epoch to a second file, or both. Each file is replaced atomically;
/// <see cref="Trainer.Resume"/> reads it.
/// </summary>
public sealed class Checkpoint : Callback
{
    private readonly EpochMetric _metric;
    private double _best;

    /// <summary>Creates a checkpoint, by default after every epoch.</summary>
    /// <param name="path">The file for every n-th epoch; null for none.</param>
    /// <param name="every">n.</param>
    /// <param name="best">The file for the best epoch; null for none.</param>
    /// <param name="metric">The metric that defines the best epoch; by default the validation loss.</param>
    /// <exception cref="ArgumentException">Both files are null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public Checkpoint(string? path, int every = 1, string? best = null, EpochMetric? metric = null)
    {
        Check.AtLeast(1, every, nameof(Checkpoint));
        if (path is null && best is null)
        {
            throw new ArgumentException("Checkpoint: expected a file for every n-th epoch, one for the best epoch, or both, got none.", nameof(path));
        }

        (Path, Every, BestPath, _metric) = (path, every, best, metric ?? EpochMetric.ValidationLoss);
        _best = _metric.Worst;
    }

    /// <summary>The file for every n-th epoch.</summary>
    public string? Path { get; }

    /// <summary>n.</summary>
    public int Every { get; }

    /// <summary>The file for the best epoch.</summary>
    public string? BestPath { get; }

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run) => _best = run.History.Epochs.Count == 0 ? _metric.Worst : _best;

    /// <inheritdoc/>
    /// <exception cref="WeightFileException">The file cannot be written; an existing one is unchanged.</exception>
    public override void OnEpoch(TrainingRun run)
    {
        if (BestPath is not null && _metric.Read(run.History.Last, nameof(Checkpoint)) is var value && _metric.IsBetter(value, _best))
        {
            _best = value;
            run.Trainer.Save(BestPath);
        }

        if (Path is not null && run.History.Last.Epoch % Every == 0)
        {
            run.Trainer.Save(Path);
        }
    }

    /// <inheritdoc/>
    public override CallbackState Save() => CallbackState.None with { Numbers = new Dictionary<string, double> { ["best"] = _best } };

    /// <inheritdoc/>
    public override void Restore(CallbackState state) => _best = state.Numbers["best"];
}
