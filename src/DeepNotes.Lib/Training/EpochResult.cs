namespace DeepNotes;

/// <summary>One pass over the training data. Accuracies are null where there are no labels.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean loss over the epoch's batches, while they were trained on.</param>
/// <param name="Accuracy">Share of training samples classified rightly, while they were trained on.</param>
/// <param name="ValidationLoss">Mean loss on the validation data after the epoch.</param>
/// <param name="ValidationAccuracy">Share of validation samples classified rightly after the epoch.</param>
public sealed record EpochResult(int Epoch, double Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy);
