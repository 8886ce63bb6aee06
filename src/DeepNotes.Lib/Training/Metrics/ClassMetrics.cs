namespace DeepNotes;

/// <summary>
/// Precision, recall and F₁ of each class, and their means. The precision of a class without predictions and the recall of
/// a class without samples are 0.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class ClassMetrics : IDisplayable
{
    /// <summary>Computes the metrics from a confusion matrix.</summary>
    public ClassMetrics(ConfusionMatrix matrix)
    {
        var all = Enumerable.Range(0, matrix.Classes).ToArray();
        Classes = [.. all.Select(c => new ClassMetric(
            c,
            TruePositives: matrix[c, c],
            Predicted: all.Sum(label => matrix[label, c]),
            Samples: matrix.Samples(c)))];
    }

    /// <summary>The metrics of each class.</summary>
    public IReadOnlyList<ClassMetric> Classes { get; }

    /// <summary>The unweighted mean over the classes.</summary>
    public (double Precision, double Recall, double F1) Macro => Mean(_ => 1);

    /// <summary>The mean over the classes, weighted by their numbers of samples.</summary>
    public (double Precision, double Recall, double F1) Weighted => Mean(metric => metric.Samples);

    /// <inheritdoc/>
    public string ToHtml() => HtmlTable.Write("deepnotes-class-metrics", Header, Rows());

    /// <inheritdoc/>
    public string ToPlainText() =>
        string.Join('\n', Rows().Prepend(Header).Select(row => string.Concat(row.Select(cell => $"{cell,-10}")).TrimEnd()));

    private static string[] Header => ["Class", "Precision", "Recall", "F1", "Samples"];

    private IEnumerable<string[]> Rows()
    {
        foreach (var metric in Classes)
        {
            yield return Row($"{metric.Class}", (metric.Precision, metric.Recall, metric.F1), metric.Samples);
        }

        yield return Row("macro", Macro, Classes.Sum(metric => metric.Samples));
        yield return Row("weighted", Weighted, Classes.Sum(metric => metric.Samples));
    }

    private static string[] Row(string name, (double Precision, double Recall, double F1) values, int samples) =>
        [name, $"{values.Precision:F3}", $"{values.Recall:F3}", $"{values.F1:F3}", $"{samples}"];

    private (double Precision, double Recall, double F1) Mean(Func<ClassMetric, double> weight)
    {
        var sum = Classes.Sum(weight);
        double Of(Func<ClassMetric, double> value) => Classes.Sum(metric => weight(metric) * value(metric)) / sum;
        return (Of(metric => metric.Precision), Of(metric => metric.Recall), Of(metric => metric.F1));
    }
}

/// <summary>The metrics of one class against the rest.</summary>
/// <param name="Class">The class, from 0.</param>
/// <param name="TruePositives">TP: samples of the class predicted as the class.</param>
/// <param name="Predicted">TP + FP: samples predicted as the class.</param>
/// <param name="Samples">TP + FN: samples of the class.</param>
public sealed record ClassMetric(int Class, int TruePositives, int Predicted, int Samples)
{
    /// <summary>P = TP / (TP + FP).</summary>
    public double Precision => Predicted == 0 ? 0 : (double)TruePositives / Predicted;

    /// <summary>R = TP / (TP + FN).</summary>
    public double Recall => Samples == 0 ? 0 : (double)TruePositives / Samples;

    /// <summary>The harmonic mean of precision and recall: 2PR / (P + R) = 2TP / (2TP + FP + FN).</summary>
    public double F1 => Predicted + Samples == 0 ? 0 : 2.0 * TruePositives / (Predicted + Samples);
}
