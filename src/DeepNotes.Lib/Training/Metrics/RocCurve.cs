namespace DeepNotes;

/// <summary>
/// The receiver operating characteristic: true positive rate TP / (TP + FN) against false positive rate FP / (FP + TN), for
/// every threshold on the score.
/// </summary>
public sealed class RocCurve
{
    /// <summary>Computes the curve from scores and labels.</summary>
    /// <param name="scores">Scores on any scale: the larger, the more likely positive.</param>
    /// <param name="labels">A label for each score: 1 for positive, 0 for negative.</param>
    /// <exception cref="ShapeException">The numbers of labels and scores differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    /// <exception cref="ArgumentException">A score is NaN, or there are no positives or no negatives.</exception>
    public RocCurve(float[] scores, int[] labels)
    {
        Labels.Check("RocCurve", labels, scores.Length, 2);
        var (positives, negatives) = (labels.Count(label => label == 1), labels.Count(label => label == 0));
        if (positives == 0 || negatives == 0)
        {
            throw new ArgumentException(
                $"RocCurve: expected positives and negatives, got {positives} and {negatives}.", nameof(labels));
        }

        if (scores.Any(float.IsNaN))
        {
            throw new ArgumentException(
                $"RocCurve: expected numbers, score {Array.FindIndex(scores, float.IsNaN)} is NaN.", nameof(scores));
        }

        var points = new List<(double Threshold, double False, double True)> { (double.PositiveInfinity, 0, 0) };
        var (found, alarms) = (0, 0);
        foreach (var equal in scores.Zip(labels).GroupBy(pair => pair.First).OrderByDescending(group => group.Key))
        {
            found += equal.Count(pair => pair.Second == 1);
            alarms += equal.Count(pair => pair.Second == 0);
            points.Add((equal.Key, (double)alarms / negatives, (double)found / positives));
        }

        Thresholds = [.. points.Select(point => point.Threshold)];
        FalsePositiveRates = [.. points.Select(point => point.False)];
        TruePositiveRates = [.. points.Select(point => point.True)];
    }

    /// <summary>Infinity, then the distinct scores in descending order: scores ≥ threshold count as positive.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The fraction of the negatives at or above each threshold.</summary>
    public IReadOnlyList<double> FalsePositiveRates { get; }

    /// <summary>The fraction of the positives at or above each threshold.</summary>
    public IReadOnlyList<double> TruePositiveRates { get; }

    /// <summary>
    /// The area under the curve (AUC): the probability that a random positive scores above a random negative, ties counting
    /// half (Hanley, McNeil 1982, "The meaning and use of the area under a receiver operating characteristic curve").
    /// </summary>
    public double Area => Enumerable.Range(1, Thresholds.Count - 1).Sum(
        i => (FalsePositiveRates[i] - FalsePositiveRates[i - 1]) * (TruePositiveRates[i] + TruePositiveRates[i - 1]) / 2);

    /// <summary>The curve, and the diagonal of random guessing.</summary>
    public Chart Chart() => DeepNotes.Chart
        .Combine(
            DeepNotes.Chart.Line(FalsePositiveRates, TruePositiveRates, $"area {Area:F3}"),
            DeepNotes.Chart.Line([0.0, 1.0], [0.0, 1.0], "guessing"))
        .WithTitle("ROC")
        .WithXAxis("false positive rate")
        .WithYAxis("true positive rate");
}
