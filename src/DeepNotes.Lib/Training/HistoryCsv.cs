using System.Globalization;

namespace DeepNotes;

/// <summary>A history as CSV: full precision, decimal points, lines ended by a line feed.</summary>
internal static class HistoryCsv
{
    public static string Epochs(History history) => Write(
        "epoch,steps,loss,accuracy,validation_loss,validation_accuracy",
        history.Epochs.Zip(history.EpochSteps, (epoch, steps) => string.Create(
            CultureInfo.InvariantCulture,
            $"{epoch.Epoch},{steps},{epoch.Loss:R},{epoch.Accuracy:R},{epoch.ValidationLoss:R},{epoch.ValidationAccuracy:R}")));

    public static string Steps(History history) => Write(
        "step,loss,learning_rate",
        history.StepLosses.Zip(history.StepLearningRates).Select((step, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{i + 1},{step.First:R},{step.Second:R}")));

    private static string Write(string header, IEnumerable<string> rows) =>
        string.Concat(rows.Prepend(header).Select(row => row + '\n'));
}
