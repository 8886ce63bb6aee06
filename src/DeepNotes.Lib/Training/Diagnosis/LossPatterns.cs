using static DeepNotes.TrendDirection;

namespace DeepNotes;

/// <summary>Classifies the trends of training and validation loss into five patterns.</summary>
internal static class LossPatterns
{
    public static IEnumerable<TrainingFinding> Find(History history)
    {
        if (history.Epochs.Count < Trend.MinPoints || history.Epochs.Any(epoch => epoch.ValidationLoss is null))
        {
            yield break;
        }

        var training = Trend.Of([.. history.Epochs.Select(epoch => epoch.Loss)]);
        var validation = Trend.Of([.. history.Epochs.Select(epoch => epoch.ValidationLoss!.Value)]);
        yield return Name(training.Direction, validation.Direction, $"Over the last epochs the training loss {training}, the validation loss {validation}.");
    }

    private static TrainingFinding Name(TrendDirection training, TrendDirection validation, string evidence) => (training, validation) switch
    {
        (Falling, Falling) => new(
            Symptom.StillLearning, true, evidence,
            "The network still learns, and what it learns holds for data that it has not seen.",
            "Train longer; early stopping will say when to end."),
        (Falling, _) or (Flat, Rising) => new(
            Symptom.Overfitting, false, evidence,
            "The network learns what is peculiar to the training data and does not carry over.",
            "Stop early and keep the best weights; more data or augmentation, dropout, weight decay, a smaller network."),
        (Flat, Falling) => new(
            Symptom.DataSuspect, false, evidence,
            "Validation gets better without training getting better: the two sets may differ in kind, samples of one may be in the other, labels may be wrong, or strong dropout and augmentation hide what training has learnt.",
            "Compare the two sets: their classes, their origin, duplicates between them. Measure the training loss in evaluation mode."),
        (Flat, Flat) => new(
            Symptom.Converged, true, evidence,
            "Learning has come to its end: converged if the loss is low, stuck if it is near that of guessing (ln C for C classes).",
            "If the loss is low, stop. If it is not: a larger or smaller learning rate, another initialisation, a larger network; look at the gradients."),
        (Rising, _) => new(
            Symptom.Diverging, false, evidence,
            "Each step makes it worse: usually the learning rate is too large; else the network, another hyperparameter or the data are wrong.",
            "Divide the learning rate by 10; standardise the inputs, check labels and loss; try to overfit one small batch first."),
        _ => throw new InvalidOperationException($"LossPatterns: no name for a training loss that is {training} and a validation loss that is {validation}."),
    };
}
