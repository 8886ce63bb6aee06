namespace DeepNotes;

/// <summary>
/// The receiver operating characteristic: what share of the positives is found (true positive rate) at the price of what
/// share of the negatives (false positive rate), for every threshold on the score.
/// </summary>
public sealed class RocCurve
{
    /// <summary>The curve of scores against labels.</summary>
    /// <param name="scores">The larger, the more likely positive; any numbers.</param>
    /// <param name="labels">1 for a positive, 0 for a negative, one for each score.</param>
    /// <exception cref="ShapeException">Not one label for each score.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label that is neither 0 nor 1.</exception>
    /// <exception cref="ArgumentException">A NaN among the scores; no positive or no negative.</exception>
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

    /// <summary>The different scores, the largest first, after infinity: a score from there on counts as positive.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The share of the negatives at or above each threshold.</summary>
    public IReadOnlyList<double> FalsePositiveRates { get; }

    /// <summary>The share of the positives at or above each threshold.</summary>
    public IReadOnlyList<double> TruePositiveRates { get; }

    /// <summary>
    /// The area under the curve: the probability that a positive scores above a negative, ties counting half (Hanley,
    /// McNeil 1982, "The meaning and use of the area under a receiver operating characteristic curve").
    /// </summary>
    public double Area => Enumerable.Range(1, Thresholds.Count - 1).Sum(
        i => (FalsePositiveRates[i] - FalsePositiveRates[i - 1]) * (TruePositiveRates[i] + TruePositiveRates[i - 1]) / 2);

    /// <summary>The curve beside the diagonal of mere guessing.</summary>
    public Chart Chart() => DeepNotes.Chart
        .Combine(
            DeepNotes.Chart.Line(FalsePositiveRates, TruePositiveRates, $"area {Area:F3}"),
            DeepNotes.Chart.Line([0.0, 1.0], [0.0, 1.0], "guessing"))
        .WithTitle("ROC")
        .WithXAxis("false positive rate")
        .WithYAxis("true positive rate");
}
