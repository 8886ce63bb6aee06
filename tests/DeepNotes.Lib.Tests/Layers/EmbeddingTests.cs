namespace DeepNotes.Tests.Layers;

public sealed class EmbeddingTests
{
    [Fact]
    public void The_padding_vector_starts_at_zero_and_gets_no_gradient()
    {
        var layer = new Embedding(4, 3, paddingIndex: 1, seed: 1);
        var y = layer.Forward(Tensor.From(1, 2, 1, 0, 2));
        Assert.Equal(new float[3], y.Slice(0, 0, 1).ToArray());
        Assert.Equal(layer.Weight.Value.Slice(0, 2, 1).ToArray(), y.Slice(0, 1, 1).ToArray());

        y.Sum().Backward();
        Assert.Equal([1f, 1, 1, 0, 0, 0, 2, 2, 2, 0, 0, 0], layer.Weight.Gradient!.ToArray());
    }

    [Fact]
    public void A_padding_vector_may_be_assigned_values()
    {
        var layer = new Embedding(4, 3, paddingIndex: 1);
        layer.Weight.Value.Assign(Tensor.Full([4, 3], 5));
        Assert.Equal([5f, 5, 5], layer.Forward(Tensor.From(1f)).ToArray());
    }

    [Theory]
    [InlineData(4, "Embedding(4→3): expected whole numbers from 0 to 3, got 4 at position 1")]
    [InlineData(-1, "got -1 at position 1")]
    [InlineData(0.5f, "got 0.5 at position 1")]
    [InlineData(float.NaN, "got NaN at position 1")]
    [InlineData(float.PositiveInfinity, "expected whole numbers from 0 to 3")]
    public void A_wrong_number(float number, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(4, 3).Forward(Tensor.From(2, number)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    // As in PyTorch: the output has the shape of the indices and one more axis.
    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 2, 0 })]
    [InlineData(new[] { 2, 3, 4 })]
    public void Indices_have_any_shape(int[] shape)
    {
        var layer = new Embedding(4, 3, seed: 1);
        Assert.Equal<Shape>([.. shape, 3], layer.Forward(Tensor.Zeros(shape)).Shape);
        Assert.Equal<Shape>([.. shape, 3], layer.Forward(new int[((Shape)shape).Elements], shape).Shape);
    }

    [Fact]
    public void Integer_indices_are_looked_up_exactly()
    {
        var layer = new Embedding(4, 3, paddingIndex: 1, seed: 1);
        var seen = new List<Shape>();
        using var watch = Layer.Watch((_, x, y) => seen.AddRange([x.Shape, y.Shape]));
        Assert.Equal(layer.Forward(Tensor.From(2, 1, 2)).ToArray(), layer.Forward([2, 1, 2]).ToArray());
        Assert.Equal<Shape>([2, 2, 3], layer.Forward(new[,] { { 0, 1 }, { 2, 3 } }).Shape);
        Assert.Equal<Shape>([[3], [3, 3], [3], [3, 3], [2, 2], [2, 2, 3]], seen);

        layer.Forward([2, 1, 2]).Sum().Backward();
        Assert.Equal([0f, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0], layer.Weight.Gradient!.ToArray());
    }

    [Fact]
    public void Integer_indices_out_of_range_are_named()
    {
        var layer = new Embedding(4, 3);
        Assert.StartsWith(
            "Embedding(4→3): expected whole numbers from 0 to 3, got 4 at position 1", Assert.Throws<ArgumentOutOfRangeException>(() => layer.Forward([0, 4])).Message, StringComparison.Ordinal);
        Assert.Contains("got -1 at position 0", Assert.Throws<ArgumentOutOfRangeException>(() => layer.Forward([-1])).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Embedding(4→3): expected 6 numbers for shape [2, 3], got 5", Assert.Throws<ShapeException>(() => layer.Forward(new int[5], [2, 3])).Message, StringComparison.Ordinal);
    }

    // Above 2²⁴ float32 does not represent every integer.
    [Fact]
    public void A_large_vocabulary_takes_integer_indices()
    {
        var layer = new Embedding((1 << 24) + 2, 1);
        layer.Weight.Bind(Tensor.Linspace(0, 1, (1 << 24) + 2).Reshape(-1, 1));
        Assert.Equal(1, layer.Forward([(1 << 24) + 1]).ToSingle());
        Assert.Contains("give them as int[]", Assert.Throws<ArgumentOutOfRangeException>(() => layer.Forward(Tensor.From(3e7f))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, null, "count")]
    [InlineData(-4, 3, null, "count")]
    [InlineData(4, 0, null, "width")]
    [InlineData(4, 3, 4, "paddingIndex")]
    [InlineData(4, 3, -1, "paddingIndex")]
    public void A_wrong_size(int count, int width, int? padding, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(count, width, padding)).ParamName);
}
