namespace DeepNotes;

/// <summary>How a network does on data it does not train on.</summary>
/// <param name="Loss">Mean loss over the samples.</param>
/// <param name="Accuracy">Share of samples classified rightly; null without labels.</param>
/// <param name="Predictions">The class of the largest score of each sample, -1 where a score is NaN; empty without labels.</param>
public sealed record Evaluation(double Loss, double? Accuracy, int[] Predictions);
