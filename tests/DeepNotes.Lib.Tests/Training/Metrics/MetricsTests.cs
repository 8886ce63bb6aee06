using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Training;

public sealed class MetricsTests
{
    private static readonly DataGolden Golden = DataGolden.Numbers;

    public static TheoryData<string> Curves => [.. Golden.Roc.Keys];

    public static TheoryData<Action, string> Errors => new()
    {
        { () => Metrics.Accuracy([1, 2], [1]), "Accuracy: expected 2 labels, one for each prediction, got 1" },
        { () => Metrics.Accuracy([], []), "expected at least 1 sample, got none" },
        { () => Metrics.TopK(Tensor.Zeros([2, 3]), [0], 1), "expected 2 labels" },
        { () => Metrics.TopK(Tensor.Zeros([2, 3]), [0, 3], 1), "label 3 of sample 1: expected 0 to 2" },
        { () => Metrics.TopK(Tensor.Zeros([2, 3]), [0, 1], 4), "expected k from 1 to 3, got 4" },
        { () => Metrics.TopK(Tensor.Zeros([6]), [0], 1), "expected scores [N, C], got [6]" },
        { () => _ = new RocCurve([1, 2], [1, 1]), "expected positives and negatives, got 2 and 0" },
        { () => _ = new RocCurve([1, 2], [0, 2]), "label 2 of sample 1: expected 0 to 1" },
        { () => _ = new RocCurve([1, 2], [0]), "expected 2 labels" },
        { () => _ = new RocCurve([1, float.NaN], [0, 1]), "score 1 is NaN" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Misuse_is_explained(Action action, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);

    [Fact]
    public void Accuracy_is_the_fraction_of_correct_predictions() => Assert.Equal(0.75, Metrics.Accuracy([0, 1, 2, 2], [0, 1, 2, 1]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Top_k_equals_NumPy(int k) =>
        Assert.Equal(Golden.Top[k - 1], Metrics.TopK(Golden.Scores.ToTensor(), Golden.TopLabels, k), 1e-12);

    [Fact]
    public void Of_equal_scores_the_first_class_wins_and_a_row_with_NaN_is_wrong()
    {
        var scores = Tensor.From([1, 1, 1, float.NaN, 0, 0], [2, 3]);

        Assert.Equal(0, Metrics.TopK(scores, [1, 1], 1));
        Assert.Equal(0.5, Metrics.TopK(scores, [0, 0], 1));
        Assert.Equal(0.5, Metrics.TopK(scores, [1, 2], 3));
    }

    [Fact]
    public void Precision_recall_and_F1_equal_NumPy()
    {
        var metrics = new ClassMetrics(new ConfusionMatrix(Golden.Labels, Golden.Predictions, 6));

        double[] Row((double Precision, double Recall, double F1) values) => [values.Precision, values.Recall, values.F1];
        AssertClose.Equal(
            Golden.PerClass.Values, [.. metrics.Classes.SelectMany(metric => Row((metric.Precision, metric.Recall, metric.F1)))], 1e-12, "classes");
        AssertClose.Equal(Golden.Macro.Values, Row(metrics.Macro), 1e-12, "macro");
        AssertClose.Equal(Golden.Weighted.Values, Row(metrics.Weighted), 1e-12, "weighted");
        Assert.Contains($"weighted  {metrics.Weighted.Precision:F3}", metrics.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("<td>macro</td>", metrics.ToHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_ROC_curve_and_its_area_equal_NumPy(string name)
    {
        var golden = Golden.Roc[name];

        var curve = new RocCurve(golden.Scores, golden.Labels);

        Assert.Equal(golden.Area, curve.Area, 1e-12);
        AssertClose.Equal(golden.FalsePositiveRates, [.. curve.FalsePositiveRates], 1e-12, name);
        AssertClose.Equal(golden.TruePositiveRates, [.. curve.TruePositiveRates], 1e-12, name);
        Assert.Contains($"area {golden.Area:F3}", curve.Chart().ToHtml(), StringComparison.Ordinal);
    }
}
