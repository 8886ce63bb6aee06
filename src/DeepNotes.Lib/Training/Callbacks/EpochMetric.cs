namespace DeepNotes;

/// <summary>The number of an epoch that a callback goes by, and which way it is better.</summary>
/// <param name="Name">As in messages.</param>
/// <param name="Of">Reads it from an epoch's result; null where it is not known.</param>
/// <param name="LargerIsBetter">True for accuracies, false for losses.</param>
public sealed record EpochMetric(string Name, Func<EpochResult, double?> Of, bool LargerIsBetter = false)
{
    /// <summary>The mean loss while training.</summary>
    public static EpochMetric Loss { get; } = new("loss", epoch => epoch.Loss);

    /// <summary>The accuracy while training.</summary>
    public static EpochMetric Accuracy { get; } = new("accuracy", epoch => epoch.Accuracy, LargerIsBetter: true);

    /// <summary>The loss on the validation data.</summary>
    public static EpochMetric ValidationLoss { get; } = new("validation loss", epoch => epoch.ValidationLoss);

    /// <summary>The accuracy on the validation data.</summary>
    public static EpochMetric ValidationAccuracy { get; } =
        new("validation accuracy", epoch => epoch.ValidationAccuracy, LargerIsBetter: true);

    /// <summary>A number that any other is better than.</summary>
    internal double Worst => LargerIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Whether a value is better than the best so far by more than a margin; NaN never is.</summary>
    internal bool IsBetter(double value, double best, double margin = 0) =>
        LargerIsBetter ? value > best + margin : value < best - margin;

    /// <summary>The number, or an error that says what is missing.</summary>
    internal double Read(EpochResult epoch, string caller) => Of(epoch) ?? throw new InvalidOperationException(
        $"{caller}: expected epochs with a {Name}, got none in epoch {epoch.Epoch}. "
        + "Give Fit validation data (with labels, for an accuracy), or choose another metric.");
}
