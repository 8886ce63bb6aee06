namespace DeepNotes;

/// <summary>How good predictions are, as one number.</summary>
public static class Metrics
{
    /// <summary>
    /// The predicted class of each row of scores [N, C], that of the largest score; -1, no class, where a score is NaN, so that a
    /// diverged network is right nowhere.
    /// </summary>
    /// <exception cref="ShapeException">Not [N, C].</exception>
    public static int[] Predictions(Tensor scores)
    {
        // NaN is larger than every number, so that it is the largest where there is one.
        var predictions = scores.ArgMax(out var largest);
        for (var i = 0; i < predictions.Length; i++)
        {
            predictions[i] = float.IsNaN(largest[i]) ? -1 : predictions[i];
        }

        return predictions;
    }

    /// <summary>The share of rows of scores [N, C] whose largest score is the label's; a row with a NaN is wrong.</summary>
    /// <exception cref="ArgumentException">No samples.</exception>
    /// <exception cref="ShapeException">Scores that are no [N, C], or not one label for each row.</exception>
    public static double Accuracy(Tensor scores, int[] labels) => Accuracy(Predictions(scores), labels);

    /// <summary>The share of predictions that are the label.</summary>
    /// <exception cref="ArgumentException">No samples.</exception>
    /// <exception cref="ShapeException">Not one label for each prediction.</exception>
    public static double Accuracy(int[] predictions, int[] labels)
    {
        Check("Accuracy", predictions.Length, labels.Length);
        return (double)predictions.Zip(labels).Count(pair => pair.First == pair.Second) / labels.Length;
    }

    /// <summary>
    /// The share of samples whose label is among the k largest of its scores [N, C]. Of equal scores the smaller class
    /// number counts as larger; a row with a NaN is wrong.
    /// </summary>
    /// <param name="scores">Scores or probabilities, [N, C].</param>
    /// <param name="labels">N class numbers from 0.</param>
    /// <param name="k">From 1 to C.</param>
    /// <exception cref="ArgumentException">No samples.</exception>
    /// <exception cref="ShapeException">Scores that are no [N, C], or not one label for each row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k outside 1 … C, or a label outside 0 … C-1.</exception>
    public static double TopK(Tensor scores, int[] labels, int k)
    {
        if (scores.Shape.Count != 2)
        {
            throw new ShapeException($"TopK: expected scores [N, C], got {scores.Shape}.");
        }

        var classes = scores.Shape[1];
        Check("TopK", scores.Shape[0], labels.Length);
        Labels.Check("TopK", labels, scores.Shape[0], classes);
        if (k < 1 || k > classes)
        {
            throw new ArgumentOutOfRangeException(nameof(k), $"TopK: expected k from 1 to {classes}, got {k}.");
        }

        var rows = scores.ToArray().Chunk(classes);
        return (double)rows.Zip(labels).Count(pair => !pair.First.Any(float.IsNaN) && Rank(pair.First, pair.Second) < k) / labels.Length;
    }

    /// <summary>How many classes come before this one.</summary>
    private static int Rank(float[] scores, int label)
    {
        var own = scores[label];
        return Enumerable.Range(0, scores.Length).Count(
            i => scores[i] > own || (scores[i] == own && i < label));
    }

    private static void Check(string operation, int predictions, int labels)
    {
        if (predictions != labels)
        {
            throw new ShapeException($"{operation}: expected {predictions} labels, one for each prediction, got {labels}.");
        }

        if (labels == 0)
        {
            throw new ArgumentException($"{operation}: expected at least 1 sample, got none.", nameof(labels));
        }
    }
}
