namespace DeepNotes;

/// <summary>
/// The counts n[i, j] of samples of class i predicted as class j: rows are true classes, columns are predictions. A
/// prediction of -1 means none, as <see cref="Metrics.Predictions"/> returns for scores with a NaN: the sample counts as wrong.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class ConfusionMatrix : IDisplayable
{
    private readonly int[,] _counts;
    private readonly int[] _unpredicted;

    /// <summary>Counts the pairs of label and prediction.</summary>
    /// <exception cref="ShapeException">The numbers of labels and predictions differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside 0 … C-1, or a prediction outside -1 … C-1.</exception>
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

    /// <summary>The number of classes, C.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>The number of samples with this label and this prediction.</summary>
    public int this[int label, int prediction] => _counts[label, prediction];

    /// <summary>The number of samples with this label, including those without a prediction.</summary>
    public int Samples(int label) => Enumerable.Range(0, Classes).Sum(j => _counts[label, j]) + _unpredicted[label];

    /// <summary>The fraction of samples on the diagonal, Σᵢ n[i, i] / Σᵢⱼ n[i, j]; NaN without samples.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(i => _counts[i, i]) / Enumerable.Range(0, Classes).Sum(Samples);

    /// <summary>The counts as a heat map: true classes as rows, predictions as columns.</summary>
    public Chart Chart() => DeepNotes.Chart.Heatmap(_counts, Numbered, Numbered, annotate: true)
        .WithTitle("Confusion matrix")
        .WithXAxis("predicted class")
        .WithYAxis("true class");

    /// <inheritdoc/>
    public string ToHtml() => HtmlTable.Write("deepnotes-confusion", ["true \\ predicted", .. Numbered, .. Unpredicted(_ => "none")], Rows());

    /// <inheritdoc/>
    public string ToPlainText() => string.Join('\n', Rows().Select(row => string.Concat(row.Select(cell => $"{cell,6}"))));

    // One more cell per row, for samples without a prediction, if there are any.
    private IEnumerable<string> Unpredicted(Func<int[], string> cell) => _unpredicted.Where(count => count > 0).Take(1).Select(_ => cell(_unpredicted));

    private IEnumerable<string> Numbered => Enumerable.Range(0, Classes).Select(i => $"{i}");

    private IEnumerable<string[]> Rows() => Enumerable.Range(0, Classes).Select(
        i => (string[])[$"{i}", .. Enumerable.Range(0, Classes).Select(j => $"{_counts[i, j]}"), .. Unpredicted(counts => $"{counts[i]}")]);
}
