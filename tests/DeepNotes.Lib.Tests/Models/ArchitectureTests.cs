namespace DeepNotes.Tests.Models;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_pattern_builds_the_network()
    {
        var net = Architecture.Parse("((CONV-RELU)*2-POOL)*3-(FC-RELU)*2,SOFTMAX", [3, 32, 32], [64, 64, 128, 128, 256, 256, 512, 100], 10);

        Assert.Equal(
            "Conv2d ReLU Conv2d ReLU MaxPool2d Conv2d ReLU Conv2d ReLU MaxPool2d Conv2d ReLU Conv2d ReLU MaxPool2d "
            + "Flatten Linear ReLU Linear ReLU Linear",
            string.Join(' ', net.Select(layer => layer.GetType().Name)));
        Assert.Equal<Shape>([2, 10], net.Summary([2, 3, 32, 32]).Layers[^1].Output);
        Assert.Equal(64 * 28 + 64 * 577 + 128 * 577 + 128 * 1153 + 256 * 1153 + 256 * 2305 + 512 * 4097 + 100 * 513 + 1010, net.ParameterCount);
    }

    [Theory]
    [InlineData("conv - bn - relu * 1 - gap , softmax", 1)]
    [InlineData("(((CONV)))*3-AVGPOOL-DROPOUT-SIGMOID-SOFTMAX", 3)]
    [InlineData("FC-BN-TANH", 1)]
    public void Other_layer_names_are_accepted(string pattern, int widths) =>
        Assert.NotNull(Architecture.Parse(pattern, [3, 8, 8], [.. Enumerable.Repeat(4, widths)], 5).Forward(Tensor.Ones([2, 3, 8, 8])));

    [Theory]
    [InlineData("", 0, "expected a layer or '(', got the end")]
    [InlineData("CONV--RELU", 5, "expected a layer or '(', got '-'")]
    [InlineData("(CONV-RELU", 10, "expected '-', ',', '*' or ')', got the end")]
    [InlineData("CONV)", 4, "expected '-', ',' or '*', got ')'")]
    [InlineData("(CONV-RELU)*N", 12, "expected how many times, a whole number from 1, got 'N'")]
    [InlineData("CONV*0", 5, "expected how many times")]
    [InlineData("CONV*-1", 5, "expected how many times")]
    [InlineData("CONV*99999999999", 5, "expected how many times")]
    [InlineData("CONV-((RELU)*2000-RELU)*2", 5, "4,002 layers are more than 2,000")]
    [InlineData("CONV-RULE", 5, "unknown layer RULE; known: CONV")]
    [InlineData("FC-CONV", 3, "CONV needs images [C, H, W], but gets [4] here")]
    [InlineData("(CONV-POOL)*4", 6, "POOL halves the image, which is 1×1 here")]
    [InlineData("CONV,SOFTMAX-RELU", 13, "RELU after SOFTMAX")]
    [InlineData("CONV RELU", 5, "expected '-', ',' or '*', got 'R'")]
    [InlineData("CONV×2", 4, "expected '-', ',' or '*', got '×'")]
    public void A_mistake_is_reported_with_its_position(string pattern, int position, string message)
    {
        var widths = Enumerable.Repeat(4, pattern.Split("CONV").Length - 1 + pattern.Split("FC").Length - 1);
        var repeated = pattern == "(CONV-POOL)*4" ? [4, 4, 4, 4] : widths.ToArray();
        var error = Assert.Throws<ArchitectureException>(() => Architecture.Parse(pattern, [3, 8, 8], repeated, 5));
        Assert.Equal(position, error.Position);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"  {new string(' ', position)}^", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_do_not_overflow_the_stack() =>
        Assert.Throws<ArchitectureException>(() => Architecture.Parse(new string('(', 1_000_000), [3, 8, 8], [], 5));

    [Fact]
    public void One_width_is_expected_for_each_layer()
    {
        var error = Assert.Throws<ArgumentException>(() => Architecture.Parse("(CONV-RELU)*2-FC", [3, 8, 8], [4, 4], 5));
        Assert.Contains("expected 3 widths", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Architecture.Parse("CONV", [3, 8, 8], [0], 5));
        Assert.Throws<ShapeException>(() => Architecture.Parse("CONV", [8, 8], [1], 5));
    }
}
