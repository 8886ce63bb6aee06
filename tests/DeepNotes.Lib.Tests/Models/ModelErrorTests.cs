namespace DeepNotes.Tests.Models;

public sealed class ModelErrorTests
{
    public static TheoryData<Func<Layer>, string> BadNumbers() => new()
    {
        { () => new VGG(12), "VGG: depth 12: expected one of 11, 13, 16, 19." },
        { () => new ResNet(20), "ResNet: depth 20: expected one of 18, 34, 50, 101, 152." },
        { () => new CifarResNet(51), "CifarResNet: depth 51: expected 6n + 2, as 20, 32, 44, 56, 110." },
        { () => new CifarResNet(2), "CifarResNet: depth 2: expected 6n + 2" },
        { () => new CifarResNet(-4), "CifarResNet: depth -4: expected 6n + 2" },
        { () => new LeNet(classes: 0), "classes" },
        { () => new AlexNet(channels: -1), "channels" },
        { () => new AlexNet(hidden: 0), "outputs" },
        { () => new VGG(16, dropout: 1.5f), "Dropout: probability 1.5: expected 0 to 1." },
        { () => new GoogLeNet(dropout: float.NaN), "Dropout: probability NaN: expected 0 to 1." },
        { () => new BasicBlock(0, 4), "inputs" },
        { () => new Bottleneck(4, 0), "outputs" },
    };

    [Theory]
    [MemberData(nameof(BadNumbers))]
    public void Settings_out_of_range_are_refused(Func<Layer> make, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(make);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<ImageClassifier, int[], string> BadImages() => new()
    {
        { new AlexNet(), [2, 3, 62, 224], "AlexNet: expected at least one image [N, 3, H, W] of at least 63×63, got [2, 3, 62, 224]." },
        { new VGG(16), [2, 3, 224, 31], "VGG-16: expected at least one image [N, 3, H, W] of at least 32×32, got [2, 3, 224, 31]." },
        { new VGG(11, batchNorm: true), [1, 1, 32, 32], "VGG-11-BN: expected [N, 3, H, W], got [1, 1, 32, 32]." },
        { new GoogLeNet(), [1, 3, 46, 64], "GoogLeNet: expected at least one image [N, 3, H, W] of at least 47×47" },
        { new GoogLeNet(batchNorm: true), [1, 3, 64, 30], "GoogLeNet-BN: expected at least one image [N, 3, H, W] of at least 31×31" },
        { new ResNet(50), [0, 3, 224, 224], "ResNet-50: expected at least one image" },
        { new ResNet(18), [3, 224, 224], "ResNet-18: expected [N, 3, H, W], got [3, 224, 224]." },
        { new CifarResNet(20), [1, 3, 0, 32], "CIFAR ResNet-20: expected at least one image" },
        { new LeNet(), [1, 1, 27, 28], "LeNet-5: expected at least one image [N, 1, H, W] of at least 28×28" },
        { new LeNet(), [1, 1, 28, 32], "LeNet-5: expected [N, 1, 28, 28], got [1, 1, 28, 32]; resize or crop the images." },
    };

    [Theory]
    [MemberData(nameof(BadImages))]
    public void Images_that_do_not_fit_are_refused(ImageClassifier network, int[] shape, string message)
    {
        var error = Assert.Throws<ShapeException>(() => network.Forward(Tensor.Zeros(shape)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.All(network.Parameters, parameter => Assert.False(parameter.IsAllocated));
    }

    public static TheoryData<ImageClassifier> Networks() => new(
        new LeNet(), new AlexNet(), new VGG(11), new GoogLeNet(), new GoogLeNet(batchNorm: true), new ResNet(18), new CifarResNet(20));

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_smallest_images_are_accepted(ImageClassifier network) => Assert.Equal<Shape>(
        [1, network.Classes], network.Summary([1, network.Channels, network.Smallest, network.Smallest]).Layers[^1].Output);

    [Fact]
    public void Scores_of_missing_heads_are_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new GoogLeNet(auxiliary: false).ForwardWithHeads(Tensor.Zeros([1, 3, 64, 64])));
        Assert.Contains("make it with auxiliary: true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shortcut_that_does_not_fit_is_not_broadcast()
    {
        var block = new BasicBlock(4, 4, downsample: new Conv2d(4, 1, 1));
        var error = Assert.Throws<ShapeException>(() => block.Forward(Tensor.Ones([2, 4, 5, 5])));
        Assert.StartsWith("Residual: the branch gives [2, 4, 5, 5], the shortcut [2, 1, 5, 5]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_refuse_images_too() =>
        Assert.Throws<ShapeException>(() => new GoogLeNet().ForwardWithHeads(Tensor.Zeros([1, 3, 32, 32])));
}
