namespace DeepNotes.Tests.Losses;

public sealed class LossErrorTests
{
    [Theory]
    [InlineData(new[] { 0, 3 }, "label 3 of sample 1: expected 0 to 2")]
    [InlineData(new[] { -1, 0 }, "label -1 of sample 0")]
    [InlineData(new[] { 0 }, "expected 2 labels")]
    public void Labels_that_do_not_fit_are_named(int[] labels, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Loss.CrossEntropy(Tensor.Zeros([2, 3]), labels));
        Assert.Contains("CrossEntropy", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_batch_has_no_loss() =>
        Assert.Throws<ShapeException>(() => Loss.CrossEntropy(Tensor.Zeros([0, 3]), []));

    [Fact]
    public void Targets_do_not_broadcast() =>
        Assert.Throws<ShapeException>(() => Loss.MeanSquaredError(Tensor.Zeros([4, 1]), Tensor.Zeros([4])));
}
