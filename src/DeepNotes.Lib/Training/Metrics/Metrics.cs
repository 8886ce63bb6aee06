namespace DeepNotes;

/// <summary>Metrics of classification.</summary>
public static class Metrics
{
    /// <summary>
    /// The predicted class of each row of scores [N, C], argmax_c scores[n, c]; -1, no class, for a row with a NaN, so that every
    /// prediction of a diverged network counts as wrong.
    /// </summary>
    /// <exception cref="ShapeException">The scores are not [N, C].</exception>
    public static int[] Predictions(Tensor scores)
    {
        // ArgMax treats NaN as larger than every number.
        var predictions = scores.ArgMax(out var largest);
        for (var i = 0; i < predictions.Length; i++)
        {
            predictions[i] = float.IsNaN(largest[i]) ? -1 : predictions[i];
        }

        return predictions;
    }

    /// <summary>The fraction of rows of scores [N, C] whose largest score is that of the label; a row with a NaN counts as wrong.</summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    /// <exception cref="ShapeException">The scores are not [N, C], or the number of labels is not N.</exception>
    public static double Accuracy(Tensor scores, int[] labels) => Accuracy(Predictions(scores), labels);

    /// <summary>The fraction of predictions that equal the label.</summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    /// <exception cref="ShapeException">The numbers of labels and predictions differ.</exception>
    public static double Accuracy(int[] predictions, int[] labels)
    {
        Check("Accuracy", predictions.Length, labels.Length);
        return (double)predictions.Zip(labels).Count(pair => pair.First == pair.Second) / labels.Length;
    }

    /// <summary>
    /// The fraction of samples whose label is among the k largest of its scores [N, C]. Ties are resolved in favour of the
    /// smaller class number; a row with a NaN counts as wrong.
    /// </summary>
    /// <param name="scores">Scores or probabilities, [N, C].</param>
    /// <param name="labels">N class numbers from 0.</param>
    /// <param name="k">From 1 to C.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    /// <exception cref="ShapeException">The scores are not [N, C], or the number of labels is not N.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k is outside 1 … C, or a label outside 0 … C-1.</exception>
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

    /// <summary>The number of classes ranked before the label.</summary>
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
