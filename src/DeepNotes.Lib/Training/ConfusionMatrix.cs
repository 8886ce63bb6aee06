namespace DeepNotes;

/// <summary>How often class i was taken for class j: row i the truth, column j the prediction.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class ConfusionMatrix : IDisplayable
{
    private readonly int[,] _counts;

    /// <summary>Counts every pair of label and prediction.</summary>
    /// <exception cref="ShapeException">Not one prediction for each label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or prediction outside 0 … C-1.</exception>
    public ConfusionMatrix(int[] labels, int[] predictions, int classes)
    {
        Labels.Check("ConfusionMatrix, labels", labels, predictions.Length, classes);
        Labels.Check("ConfusionMatrix, predictions", predictions, labels.Length, classes);
        _counts = new int[classes, classes];
        foreach (var (label, prediction) in labels.Zip(predictions))
        {
            _counts[label, prediction]++;
        }
    }

    /// <summary>C.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>How often this label got this prediction.</summary>
    public int this[int label, int prediction] => _counts[label, prediction];

    /// <summary>The share on the diagonal; NaN without samples.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(i => _counts[i, i]) / _counts.Cast<int>().Sum();

    /// <summary>The counts as a heat map: truth downwards, prediction to the right.</summary>
    public Chart Chart() => DeepNotes.Chart.Heatmap(_counts, Numbered, Numbered, annotate: true)
        .WithTitle("Confusion matrix")
        .WithXAxis("predicted class")
        .WithYAxis("true class");

    /// <inheritdoc/>
    public string ToHtml() => HtmlTable.Write("deepnotes-confusion", ["true \\ predicted", .. Numbered], Rows());

    /// <inheritdoc/>
    public string ToPlainText() => string.Join('\n', Rows().Select(row => string.Concat(row.Select(cell => $"{cell,6}"))));

    private IEnumerable<string> Numbered => Enumerable.Range(0, Classes).Select(i => $"{i}");

    private IEnumerable<string[]> Rows() => Enumerable.Range(0, Classes).Select(
        i => (string[])[$"{i}", .. Enumerable.Range(0, Classes).Select(j => $"{_counts[i, j]}")]);
}
