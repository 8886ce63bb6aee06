namespace DeepNotes;

/// <summary>
/// Stops training when a metric has not improved for some epochs, and restores the weights of the best epoch, also after
/// all epochs or if training failed. A cancelled run keeps its last weights, so that it can be resumed.
/// </summary>
public sealed class EarlyStopping : Callback
{
    private readonly EpochMetric _metric;
    private readonly int _patience;
    private readonly double _margin;
    private double _best;
    private int _waited;
    private NetworkSnapshot? _weights;

    /// <summary>Creates early stopping, by default on the validation loss.</summary>
    /// <param name="patience">The number of epochs without improvement that are tolerated; the next one stops training.</param>
    /// <param name="metric">The metric to improve.</param>
    /// <param name="margin">The least improvement that counts; a new best must exceed it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The patience is negative, or the margin is negative or not finite.</exception>
    public EarlyStopping(int patience = 5, EpochMetric? metric = null, double margin = 0)
    {
        Check.AtLeast(0, patience, nameof(EarlyStopping));
        if (!double.IsFinite(margin) || margin < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(margin), $"EarlyStopping: margin {margin}: expected a finite number of 0 or more.");
        }

        (_patience, _metric, _margin) = (patience, metric ?? EpochMetric.ValidationLoss, margin);
        Reset();
    }

    /// <summary>The epoch with the best metric, counted from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run)
    {
        if (run.History.Epochs.Count == 0)
        {
            Reset();
        }

        StopWhenOutOfPatience(run);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The epoch has no such metric, for instance without validation data.</exception>
    public override void OnEpoch(TrainingRun run)
    {
        var value = _metric.Read(run.History.Last, nameof(EarlyStopping));
        if (_metric.IsBetter(value, _best, _margin))
        {
            (_best, _waited, BestEpoch) = (value, 0, run.History.Last.Epoch);
            _weights = NetworkSnapshot.Of(run.Network);
        }
        else
        {
            _waited++;
        }

        StopWhenOutOfPatience(run);
    }

    /// <inheritdoc/>
    public override void OnEnd(TrainingRun run)
    {
        if (run.History.End != TrainingEnd.Cancelled)
        {
            _weights?.Restore(run.Network);
        }
    }

    /// <inheritdoc/>
    public override CallbackState Save() => new(
        _weights?.Tensors ?? new Dictionary<string, Tensor>(),
        new Dictionary<string, double> { ["best"] = _best, ["waited"] = _waited, ["bestEpoch"] = BestEpoch });

    /// <inheritdoc/>
    public override void Restore(CallbackState state)
    {
        (_best, _waited, BestEpoch) = (state.Numbers["best"], (int)state.Numbers["waited"], (int)state.Numbers["bestEpoch"]);
        _weights = BestEpoch == 0 ? null : new NetworkSnapshot(state.Tensors);
    }

    private void StopWhenOutOfPatience(TrainingRun run)
    {
        if (_waited > _patience)
        {
            run.Stop($"no better {_metric.Name} for {_waited} epochs; the best, {_best:G4}, was epoch {BestEpoch}");
        }
    }

    private void Reset() => (_best, _waited, BestEpoch, _weights) = (_metric.Worst, 0, 0, null);
}
