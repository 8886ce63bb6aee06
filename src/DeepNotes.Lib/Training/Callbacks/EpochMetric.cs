namespace DeepNotes;

/// <summary>A metric of an epoch, on which callbacks decide.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Of">Reads the metric from the result of an epoch; null if the epoch has none.</param>
/// <param name="LargerIsBetter">True for accuracies, false for losses.</param>
public sealed record EpochMetric(string Name, Func<EpochResult, double?> Of, bool LargerIsBetter = false)
{
    /// <summary>The mean training loss.</summary>
    public static EpochMetric Loss { get; } = new("loss", epoch => epoch.Loss);

    /// <summary>The training accuracy.</summary>
    public static EpochMetric Accuracy { get; } = new("accuracy", epoch => epoch.Accuracy, LargerIsBetter: true);

    /// <summary>The loss on the validation data.</summary>
    public static EpochMetric ValidationLoss { get; } = new("validation loss", epoch => epoch.ValidationLoss);

    /// <summary>The accuracy on the validation data.</summary>
    public static EpochMetric ValidationAccuracy { get; } =
        new("validation accuracy", epoch => epoch.ValidationAccuracy, LargerIsBetter: true);

    /// <summary>The starting value of a search for the best: every finite number is better.</summary>
    internal double Worst => LargerIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Whether a value is better than the best so far by more than a margin; false for NaN.</summary>
    internal bool IsBetter(double value, double best, double margin = 0) =>
        LargerIsBetter ? value > best + margin : value < best - margin;

    /// <summary>The metric of an epoch.</summary>
    /// <exception cref="InvalidOperationException">The epoch has no such metric.</exception>
    internal double Read(EpochResult epoch, string caller) => Of(epoch) ?? throw new InvalidOperationException(
        $"{caller}: expected epochs with a {Name}, got none in epoch {epoch.Epoch}. "
        + "Give Fit validation data (with labels, for an accuracy), or choose another metric.");
}
