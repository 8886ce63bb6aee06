namespace DeepNotes;

/// <summary>
/// Saves the run into a file every few epochs, the best epoch into a second one, or both. Each file replaces the one
/// before it once it is whole; <see cref="Trainer.Resume"/> reads it.
/// </summary>
public sealed class Checkpoint : Callback
{
    private readonly EpochMetric _metric;
    private double _best;

    /// <summary>Saves after every epoch unless told otherwise.</summary>
    /// <param name="path">The file for every n-th epoch; null for none.</param>
    /// <param name="every">n.</param>
    /// <param name="best">The file for the best epoch; null for none.</param>
    /// <param name="metric">What is best; the validation loss unless given.</param>
    /// <exception cref="ArgumentException">No file at all.</exception>
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
    /// <exception cref="WeightFileException">The file cannot be written; an earlier one is still there.</exception>
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
