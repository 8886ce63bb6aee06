namespace DeepNotes;

/// <summary>What happened in a training: the loss of every step, and a result for every epoch.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class History : IDisplayable
{
    private readonly List<float> _stepLosses = [];
    private readonly List<EpochResult> _epochs = [];

    /// <summary>The loss of each batch, in the order of training.</summary>
    public IReadOnlyList<float> StepLosses => _stepLosses;

    /// <summary>A result for each epoch.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>The last epoch's result.</summary>
    public EpochResult Last => _epochs[^1];

    /// <summary>Loss by epoch, and accuracy beside it where there are labels; at least one epoch must be done.</summary>
    public Chart Chart() => _epochs.Count > 0
        ? HistoryChart.Draw(this)
        : throw new InvalidOperationException("History.Chart: no epoch is done yet.");

    /// <inheritdoc/>
    public string ToHtml() => HtmlTable.Write("deepnotes-history", Header, Rows());

    /// <inheritdoc/>
    public string ToPlainText() =>
        string.Join('\n', Rows().Prepend(Header).Select(row => string.Concat(row.Select(cell => $"{cell,-21}")).TrimEnd()));

    internal void AddStep(float loss) => _stepLosses.Add(loss);

    internal void AddEpoch(EpochResult epoch) => _epochs.Add(epoch);

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
