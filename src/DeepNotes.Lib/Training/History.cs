namespace DeepNotes;

/// <summary>What happened in a training: loss and learning rate of every step, and a result for every epoch.</summary>
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

    /// <summary>After how many steps each epoch ended.</summary>
    public IReadOnlyList<int> EpochSteps => _epochSteps;

    /// <summary>The last epoch's result.</summary>
    /// <exception cref="InvalidOperationException">No epoch is done yet.</exception>
    public EpochResult Last => _epochs.Count > 0 ? _epochs[^1] : throw new InvalidOperationException("History.Last: no epoch is done yet.");

    /// <summary>How training ended.</summary>
    public TrainingEnd End { get; private set; }

    /// <summary>Why it was stopped or failed; null otherwise.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Loss by epoch, and accuracy beside it where there are labels; at least one epoch must be done.</summary>
    public Chart Chart() => _epochs.Count > 0
        ? HistoryChart.Draw(this)
        : throw new InvalidOperationException("History.Chart: no epoch is done yet.");

    /// <summary>The loss of each step, smoothed too, and the validation loss where it was measured.</summary>
    public Chart StepChart() => HistoryChart.DrawSteps(this);

    /// <summary>The learning rate of each step.</summary>
    public Chart LearningRateChart() => HistoryChart.DrawRates(this);

    /// <summary>The epochs as CSV with a header line; a cell is empty where a number is not known.</summary>
    public string ToCsv() => HistoryCsv.Epochs(this);

    /// <summary>The steps as CSV with a header line: step (from 1), loss, learning rate.</summary>
    public string StepsToCsv() => HistoryCsv.Steps(this);

    /// <summary>What the curves say about this training, and what to try; <see cref="Trainer.Diagnose"/> knows more.</summary>
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

/// <summary>One pass over the training data. Accuracies are null where there are no labels.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean loss over the epoch's batches, while they were trained on.</param>
/// <param name="Accuracy">Share of training samples classified rightly, while they were trained on.</param>
/// <param name="ValidationLoss">Mean loss on the validation data after the epoch.</param>
/// <param name="ValidationAccuracy">Share of validation samples classified rightly after the epoch.</param>
public sealed record EpochResult(int Epoch, double Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy);

/// <summary>How a training came to its end.</summary>
public enum TrainingEnd
{
    /// <summary>It has not: it runs, or was read from a checkpoint made while it ran.</summary>
    Running,

    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>A callback stopped it: early stopping.</summary>
    Stopped,

    /// <summary>The reader or the program cancelled it.</summary>
    Cancelled,

    /// <summary>A loss or a gradient was no number.</summary>
    NonFinite,

    /// <summary>Any other exception.</summary>
    Failed,
}
