namespace DeepNotes;

/// <summary>The record of a training: the loss and learning rate of every step, and the result of every epoch.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class History : IDisplayable
{
    private readonly List<float> _stepLosses = [];
    private readonly List<float> _stepRates = [];
    private readonly List<EpochResult> _epochs = [];
    private readonly List<int> _epochSteps = [];

    /// <summary>The loss of each batch, in the order of training.</summary>
    public IReadOnlyList<float> StepLosses => _stepLosses;

    /// <summary>The learning rate of each step, schedule included.</summary>
    public IReadOnlyList<float> StepLearningRates => _stepRates;

    /// <summary>A result for each epoch.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>The number of steps after which each epoch ended.</summary>
    public IReadOnlyList<int> EpochSteps => _epochSteps;

    /// <summary>The result of the last epoch.</summary>
    /// <exception cref="InvalidOperationException">No epoch is complete yet.</exception>
    public EpochResult Last => _epochs.Count > 0 ? _epochs[^1] : throw new InvalidOperationException("History.Last: no epoch is done yet.");

    /// <summary>How training ended.</summary>
    public TrainingEnd End { get; private set; }

    /// <summary>Why training was stopped or failed; null otherwise.</summary>
    public string? EndReason { get; private set; }

    /// <summary>The loss by epoch, and beside it the accuracy if there are labels.</summary>
    /// <exception cref="InvalidOperationException">No epoch is complete yet.</exception>
    public Chart Chart() => _epochs.Count > 0
        ? HistoryChart.Draw(this)
        : throw new InvalidOperationException("History.Chart: no epoch is done yet.");

    /// <summary>The loss of each step, raw and smoothed, and the validation loss if it was measured.</summary>
    public Chart StepChart() => HistoryChart.DrawSteps(this);

    /// <summary>The learning rate of each step.</summary>
    public Chart LearningRateChart() => HistoryChart.DrawRates(this);

    /// <summary>The epochs as CSV with a header line; unknown numbers are empty fields.</summary>
    public string ToCsv() => HistoryCsv.Epochs(this);

    /// <summary>The steps as CSV with a header line: step (from 1), loss, learning rate.</summary>
    public string StepsToCsv() => HistoryCsv.Steps(this);

    /// <summary>Diagnoses the training from its curves; <see cref="Trainer.Diagnose"/> also uses the network and its monitor.</summary>
    public Diagnosis Diagnose(TrainingMonitor? monitor = null) => Diagnosis.Of(this, monitor);

    /// <inheritdoc/>
    public string ToHtml() => HtmlTable.Write("deepnotes-history", Header, Rows());

    /// <inheritdoc/>
    public string ToPlainText() =>
        string.Join('\n', Rows().Prepend(Header).Select(row => string.Concat(row.Select(cell => $"{cell,-21}")).TrimEnd()));

    internal void AddStep(float loss, float learningRate)
    {
        _stepLosses.Add(loss);
        _stepRates.Add(learningRate);
    }

    internal void AddEpoch(EpochResult epoch) => AddEpoch(epoch, _stepLosses.Count);

    internal void AddEpoch(EpochResult epoch, int steps)
    {
        _epochs.Add(epoch);
        _epochSteps.Add(steps);
    }

    internal void SetEnd(TrainingEnd end, string? reason = null) => (End, EndReason) = (end, reason);

    private bool HasAccuracy => _epochs.Any(epoch => epoch.Accuracy is not null);

    private bool HasValidation => _epochs.Any(epoch => epoch.ValidationLoss is not null);

    private string[] Header => Select("Epoch", "Loss", "Accuracy", "Validation loss", "Validation accuracy");

    private IEnumerable<string[]> Rows() => _epochs.Select(epoch => Select(
        $"{epoch.Epoch}", $"{epoch.Loss:F4}", $"{epoch.Accuracy:P1}", $"{epoch.ValidationLoss:F4}", $"{epoch.ValidationAccuracy:P1}"));

    private string[] Select(string epoch, string loss, string accuracy, string validationLoss, string validationAccuracy) =>
    [
        epoch,
        loss,
        .. HasAccuracy ? [accuracy] : Array.Empty<string>(),
        .. HasValidation ? [validationLoss] : Array.Empty<string>(),
        .. HasValidation && HasAccuracy ? [validationAccuracy] : Array.Empty<string>(),
    ];
}

/// <summary>The result of one pass over the training data. Accuracies are null without labels.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Loss">The mean training loss, accumulated during the epoch.</param>
/// <param name="Accuracy">The training accuracy, accumulated during the epoch.</param>
/// <param name="ValidationLoss">The mean loss on the validation data after the epoch.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation data after the epoch.</param>
public sealed record EpochResult(int Epoch, double Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy);

/// <summary>How a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>It has not ended: it is running, or was read from a checkpoint of a running one.</summary>
    Running,

    /// <summary>All epochs are complete.</summary>
    Completed,

    /// <summary>A callback stopped it, such as early stopping.</summary>
    Stopped,

    /// <summary>The reader or the program cancelled it.</summary>
    Cancelled,

    /// <summary>A loss or a gradient was NaN or infinite.</summary>
    NonFinite,

    /// <summary>Another exception was thrown.</summary>
    Failed,
}
