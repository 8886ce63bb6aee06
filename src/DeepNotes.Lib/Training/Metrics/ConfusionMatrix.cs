namespace DeepNotes;

/// <summary>
/// How often class i was taken for class j: row i the truth, column j the prediction. A prediction of -1 is none, as
/// <see cref="Metrics.Predictions"/> has it for a row with a NaN: such a sample counts, and is wrong.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class ConfusionMatrix : IDisplayable
{
    private readonly int[,] _counts;
    private readonly int[] _unpredicted;

    /// <summary>Counts every pair of label and prediction.</summary>
    /// <exception cref="ShapeException">Not one prediction for each label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label outside 0 … C-1, or a prediction outside -1 … C-1.</exception>
    public ConfusionMatrix(int[] labels, int[] predictions, int classes)
    {
        Labels.Check("ConfusionMatrix, labels", labels, predictions.Length, classes);
        Labels.Check("ConfusionMatrix, predictions", [.. predictions.Select(prediction => prediction == -1 ? 0 : prediction)], labels.Length, classes);
        (_counts, _unpredicted) = (new int[classes, classes], new int[classes]);
        foreach (var (label, prediction) in labels.Zip(predictions))
        {
            if (prediction == -1)
            {
                _unpredicted[label]++;
            }
            else
            {
                _counts[label, prediction]++;
            }
        }
    }

    /// <summary>C.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>How often this label got this prediction.</summary>
    public int this[int label, int prediction] => _counts[label, prediction];

    /// <summary>How many samples of this label there are, with those that got no prediction.</summary>
    public int Samples(int label) => Enumerable.Range(0, Classes).Sum(j => _counts[label, j]) + _unpredicted[label];

    /// <summary>The share on the diagonal; NaN without samples.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(i => _counts[i, i]) / Enumerable.Range(0, Classes).Sum(Samples);

    /// <summary>The counts as a heat map: truth downwards, prediction to the right.</summary>
    public Chart Chart() => DeepNotes.Chart.Heatmap(_counts, Numbered, Numbered, annotate: true)
        .WithTitle("Confusion matrix")
        .WithXAxis("predicted class")
        .WithYAxis("true class");

    /// <inheritdoc/>
    public string ToHtml() => HtmlTable.Write("deepnotes-confusion", ["true \\ predicted", .. Numbered, .. Unpredicted(_ => "none")], Rows());

    /// <inheritdoc/>
    public string ToPlainText() => string.Join('\n', Rows().Select(row => string.Concat(row.Select(cell => $"{cell,6}"))));

    // A cell more in each row where there is something to count.
    private IEnumerable<string> Unpredicted(Func<int[], string> cell) => _unpredicted.Where(count => count > 0).Take(1).Select(_ => cell(_unpredicted));

    private IEnumerable<string> Numbered => Enumerable.Range(0, Classes).Select(i => $"{i}");

    private IEnumerable<string[]> Rows() => Enumerable.Range(0, Classes).Select(
        i => (string[])[$"{i}", .. Enumerable.Range(0, Classes).Select(j => $"{_counts[i, j]}"), .. Unpredicted(counts => $"{counts[i]}")]);
}
