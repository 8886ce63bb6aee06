namespace DeepNotes.Tests.Layers;

/// <summary>Every mistake names the layer, what was expected and what came.</summary>
public sealed class LayerErrorTests
{
    public static TheoryData<Layer, int[], string> WrongInputs() => new()
    {
        { new Conv2d(3, 4, 3), [2, 1, 8, 8], "Conv2d(3→4, 3×3): expected [N, 3, H, W], got [2, 1, 8, 8]" },
        { new Conv2d(3, 4, 3), [3, 8, 8], "Conv2d(3→4, 3×3): expected [N, 3, H, W], got [3, 8, 8]" },
        { new Conv2d(3, 4, 5), [2, 3, 4, 8], "a kernel 5×5 with dilation 1×1 is larger than an image 4×8 with padding 0×0" },
        { new Conv2d(3, 4, 3), [0, 3, 8, 8], "expected images [N, C, H, W] of at least one value, got [0, 3, 8, 8]" },
        { new MaxPool2d(3), [2, 3, 2, 8], "MaxPool: a kernel 3×3" },
        { new MaxPool2d(2), [2, 3], "MaxPool: expected images [N, C, H, W]" },
        { new AveragePool2d(2), [2, 3, 1, 1], "AveragePool: a kernel 2×2" },
        { new AdaptiveAveragePool2d(2), [2, 3], "AdaptiveAveragePool2d(2×2): expected images" },
        { new AdaptiveMaxPool2d(2), [0, 3, 4, 4], "AdaptiveMaxPool2d(2×2): expected images [N, C, H, W] of at least one value" },
        { new GlobalAveragePool(), [2, 3], "GlobalAveragePool: expected images" },
        { new GlobalMaxPool(), [2, 0, 3, 3], "GlobalMaxPool: expected images" },
        { new BatchNorm1d(3), [1, 3], "BatchNorm1d(3): expected more than one value for each channel in training, got [1, 3]" },
        { new BatchNorm1d(3), [5, 4], "BatchNorm1d(3): expected [N, 3] or [N, 3, L], got [5, 4]" },
        { new BatchNorm1d(3), [0, 3], "BatchNorm1d(3): expected more than one value" },
        { new BatchNorm2d(3), [1, 3, 1, 1], "BatchNorm2d(3): expected more than one value" },
        { new BatchNorm2d(3), [5, 3], "BatchNorm2d(3): expected [N, 3, H, W], got [5, 3]" },
        { new LayerNorm(3), [5, 4], "LayerNorm([3]): expected [N, …, 3] of at least one value, got [5, 4]" },
        { new LayerNorm([3, 4]), [3, 4], "LayerNorm([3, 4]): expected [N, …, 3, 4] of at least one value, got [3, 4]" },
        { new GroupNorm(2, 4), [5, 3], "GroupNorm(2 groups of 4): expected [N, 4, …]" },
        { new InstanceNorm2d(3), [5, 3, 1, 1], "InstanceNorm2d(3): expected more than one place in an image, got [5, 3, 1, 1]" },
        { new SpatialDropout(), [5, 3], "SpatialDropout(0.5): expected [N, C, …]" },
        { new DropConnect(4, 3), [5, 3], "DropConnect(4→3, 0.5): expected [N, 4], got [5, 3]" },
        { new PReLU(3), [5, 4, 2], "PReLU(3): expected [N, 3, …], got [5, 4, 2]" },
        { new Residual(new Linear(4, 3)), [5, 4], "Residual: the branch gives [5, 3], the shortcut [5, 4]" },
        { new LocallyConnected2d(3, 4, (7, 5), 3), [2, 3, 5, 7], "LocallyConnected2d(3→4, 3×3 on 7×5): expected at least one image [N, 3, 7, 5], got [2, 3, 5, 7]" },
        { new LocallyConnected2d(3, 4, (7, 5), 3), [0, 3, 7, 5], "got [0, 3, 7, 5]" },
        { new Branches(), [5, 4], "Concatenate: expected at least one tensor" },
    };

    public static TheoryData<string, Func<Layer>> WrongSizes() => new()
    {
        { "inputs", () => new Conv2d(0, 4, 3) },
        { "outputs", () => new Conv2d(3, -1, 3) },
        { "kernel 0×3", () => new Conv2d(3, 4, (0, 3)) },
        { "stride 0×0", () => new Conv2d(3, 4, 3, stride: 0) },
        { "padding -1×0", () => new Conv2d(3, 4, 3, padding: (-1, 0)) },
        { "dilation -2×-2", () => new Conv2d(3, 4, 3, dilation: -2) },
        { "groups 2: expected a divisor of 3 inputs and of 4 outputs", () => new Conv2d(3, 4, 3, groups: 2) },
        { "MaxPool2d: kernel 0×0", () => new MaxPool2d(0) },
        { "MaxPool2d: padding 2×2: expected at most half of the kernel 3×3", () => new MaxPool2d(3, padding: 2) },
        { "AveragePool2d: padding -1×-1", () => new AveragePool2d(3, padding: -1) },
        { "output 0×0", () => new AdaptiveAveragePool2d(0) },
        { "channels", () => new BatchNorm2d(0) },
        { "BatchNorm2d: epsilon -1: expected a finite number of 0 or more", () => new BatchNorm2d(3, epsilon: -1) },
        { "InstanceNorm2d: epsilon NaN", () => new InstanceNorm2d(3, epsilon: float.NaN) },
        { "Linear: inputs 0: expected 1 or more", () => new Linear(0, 3) },
        { "Conv2d: outputs -1: expected 1 or more", () => new Conv2d(3, -1, 3) },
        { "LSTM: hidden 0: expected 1 or more", () => new LSTM(3, 0) },
        { "Embedding: width 0: expected 1 or more", () => new Embedding(3, 0) },
        { "LocallyConnected2d: inputs 0: expected 1 or more", () => new LocallyConnected2d(0, 3, 8, 3) },
        { "LocallyConnected2d: image 0×0", () => new LocallyConnected2d(1, 3, 0, 3) },
        { "LocallyConnected2d: stride 0×0", () => new LocallyConnected2d(1, 3, 8, 3, stride: 0) },
        { "BatchNorm1d: momentum 1.5", () => new BatchNorm1d(3, momentum: 1.5f) },
        { "features", () => new PReLU(0) },
        { "LayerNorm: shape []: expected one axis or more, of at least one value", () => new LayerNorm([]) },
        { "LayerNorm: epsilon NaN", () => new LayerNorm(3, float.NaN) },
        { "groups 3: expected a divisor of 4 channels", () => new GroupNorm(3, 4) },
        { "Dropout: probability 1.1: expected 0 to 1", () => new Dropout(1.1f) },
        { "SpatialDropout: probability -0.1", () => new SpatialDropout(-0.1f) },
        { "StochasticDepth: probability NaN", () => new StochasticDepth(float.NaN) },
        { "DropConnect: probability 2", () => new DropConnect(3, 3, 2) },
    };

    [Theory]
    [MemberData(nameof(WrongInputs))]
    public void A_wrong_input(Layer layer, int[] input, string message)
    {
        var error = Assert.ThrowsAny<Exception>(() => layer.Forward(Tensor.Zeros(input)));
        Assert.IsType<ShapeException>(error);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongSizes))]
    public void A_wrong_size(string message, Func<Layer> make)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(make);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_layer_passes_gradients_on_and_keeps_its_weights()
    {
        var (first, frozen) = (new Linear(3, 4, seed: 1), new Linear(4, 2, seed: 2));
        Sequential net = [first, frozen];
        frozen.Freeze();
        var before = frozen.Weight.Value.ToArray();
        new SGD(0.1f).Minimize(net.Forward(Tensor.Ones([5, 3])).Square().Sum(), net.Parameters);

        Assert.NotNull(first.Weight.Gradient);
        Assert.Null(frozen.Weight.Gradient);
        Assert.Equal(before, frozen.Weight.Value.ToArray());

        frozen.Freeze(false);
        new SGD(0.1f).Minimize(net.Forward(Tensor.Ones([5, 3])).Square().Sum(), net.Parameters);
        Assert.NotEqual(before, frozen.Weight.Value.ToArray());
    }
}
