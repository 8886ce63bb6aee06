namespace DeepNotes.Tests.Layers;

public sealed class EmbeddingTests
{
    [Fact]
    public void The_padding_begins_at_zero_and_does_not_learn()
    {
        var layer = new Embedding(4, 3, paddingIndex: 1, seed: 1);
        var y = layer.Forward(Tensor.From(1, 2, 1, 0, 2));
        Assert.Equal(new float[3], y.Slice(0, 0, 1).ToArray());
        Assert.Equal(layer.Weight.Value.Slice(0, 2, 1).ToArray(), y.Slice(0, 1, 1).ToArray());

        y.Sum().Backward();
        Assert.Equal([1f, 1, 1, 0, 0, 0, 2, 2, 2, 0, 0, 0], layer.Weight.Gradient!.ToArray());
    }

    [Fact]
    public void A_padding_that_was_given_values_shows_them()
    {
        var layer = new Embedding(4, 3, paddingIndex: 1);
        layer.Weight.Value.Assign(Tensor.Full([4, 3], 5));
        Assert.Equal([5f, 5, 5], layer.Forward(Tensor.From(1f)).ToArray());
    }

    [Theory]
    [InlineData(4, "Embedding(4→3): expected whole numbers from 0 to 3, got 4 at place 1")]
    [InlineData(-1, "got -1 at place 1")]
    [InlineData(0.5f, "got 0.5 at place 1")]
    [InlineData(float.NaN, "got NaN at place 1")]
    [InlineData(float.PositiveInfinity, "expected whole numbers from 0 to 3")]
    public void A_wrong_number(float number, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(4, 3).Forward(Tensor.From(2, number)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 2, 0 })]
    [InlineData(new[] { 2, 3, 4 })]
    public void A_wrong_shape(int[] shape)
    {
        var error = Assert.Throws<ShapeException>(() => new Embedding(4, 3).Forward(Tensor.Zeros(shape)));
        Assert.Contains($"Embedding(4→3): expected numbers [N] or [N, T], at least one, got [{string.Join(", ", shape)}]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, null, "count")]
    [InlineData(-4, 3, null, "count")]
    [InlineData((1 << 24) + 1, 3, null, "count")]
    [InlineData(4, 0, null, "width")]
    [InlineData(4, 3, 4, "paddingIndex")]
    [InlineData(4, 3, -1, "paddingIndex")]
    public void A_wrong_size(int count, int width, int? padding, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(count, width, padding)).ParamName);
}
