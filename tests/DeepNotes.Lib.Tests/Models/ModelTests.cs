namespace DeepNotes.Tests.Models;

public sealed class ModelTests
{
    /// <summary>Every network of the library, named as in models.py.</summary>
    private static readonly Dictionary<string, Func<ImageClassifier>> Networks = new()
    {
        ["LeNet"] = () => new LeNet(),
        ["AlexNet"] = () => new AlexNet(),
        ["VGG 11"] = () => new VGG(11),
        ["VGG 13"] = () => new VGG(13),
        ["VGG 16"] = () => new VGG(16),
        ["VGG 19"] = () => new VGG(19),
        ["VGG 11 BN"] = () => new VGG(11, batchNorm: true),
        ["VGG 13 BN"] = () => new VGG(13, batchNorm: true),
        ["VGG 16 BN"] = () => new VGG(16, batchNorm: true),
        ["VGG 19 BN"] = () => new VGG(19, batchNorm: true),
        ["GoogLeNet"] = () => new GoogLeNet(),
        ["GoogLeNet BN"] = () => new GoogLeNet(batchNorm: true),
        ["GoogLeNet without heads"] = () => new GoogLeNet(auxiliary: false),
        ["GoogLeNet BN without heads"] = () => new GoogLeNet(batchNorm: true, auxiliary: false),
        ["GoogLeNet BN with 5x5"] = () => new GoogLeNet(batchNorm: true, auxiliary: false, fiveByFive: true),
        ["ResNet 18"] = () => new ResNet(18),
        ["ResNet 34"] = () => new ResNet(34),
        ["ResNet 50"] = () => new ResNet(50),
        ["ResNet 101"] = () => new ResNet(101),
        ["ResNet 152"] = () => new ResNet(152),
        ["CIFAR ResNet 20"] = () => new CifarResNet(20),
        ["CIFAR ResNet 32"] = () => new CifarResNet(32),
        ["CIFAR ResNet 44"] = () => new CifarResNet(44),
        ["CIFAR ResNet 56"] = () => new CifarResNet(56),
        ["CIFAR ResNet 110"] = () => new CifarResNet(110),
        ["CIFAR ResNet 20 B"] = () => new CifarResNet(20, projection: true),
    };

    public static TheoryData<string> Names() => [.. GoldenModels.Read.Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_shapes_and_costs_equal_PyTorch_and_no_weight_is_allocated(string name)
    {
        var expected = GoldenModels.Read.Networks[name];
        var network = Networks[name]();

        Assert.Equal(
            expected.Tensors.OrderBy(IsStatistic).Select(tensor => $"{tensor.Key} {(Shape)tensor.Value}"),
            GoldenModels.State(network).Select(tensor => $"{tensor.Name} {tensor.Shape}"));
        Assert.Equal(expected.Parameters, network.ParameterCount);
        var summary = network.Summary(expected.Input);
        Assert.Equal(expected.MultiplyAccumulates, summary.MultiplyAccumulates);
        Assert.Equal<Shape>([1, network.Classes], summary.Layers[^1].Output);
        Assert.All(network.Parameters, parameter => Assert.False(parameter.IsAllocated));
    }

    // From the networks' papers and torchvision's table of weights, not from models.py.
    [Theory]
    [InlineData("LeNet", 61_706)]
    [InlineData("AlexNet", 61_100_840)]
    [InlineData("VGG 11", 132_863_336)]
    [InlineData("VGG 13", 133_047_848)]
    [InlineData("VGG 16", 138_357_544)]
    [InlineData("VGG 19", 143_667_240)]
    [InlineData("VGG 11 BN", 132_868_840)]
    [InlineData("VGG 13 BN", 133_053_736)]
    [InlineData("VGG 16 BN", 138_365_992)]
    [InlineData("VGG 19 BN", 143_678_248)]
    [InlineData("GoogLeNet without heads", 6_998_552)]
    [InlineData("GoogLeNet BN without heads", 6_624_904)]
    [InlineData("GoogLeNet BN", 13_004_888)]
    [InlineData("GoogLeNet BN with 5x5", 7_005_832)]
    [InlineData("ResNet 18", 11_689_512)]
    [InlineData("ResNet 34", 21_797_672)]
    [InlineData("ResNet 50", 25_557_032)]
    [InlineData("ResNet 101", 44_549_160)]
    [InlineData("ResNet 152", 60_192_808)]
    [InlineData("CIFAR ResNet 20", 269_722)]
    public void Parameters_are_as_published(string name, long count) => Assert.Equal(count, Networks[name]().ParameterCount);

    [Theory]
    [InlineData("VGG 16", 15_470_264_320)]
    [InlineData("ResNet 18", 1_814_073_344)]
    [InlineData("ResNet 50", 4_089_184_256)]
    public void Multiply_accumulates_at_224_are_as_published(string name, long count) =>
        Assert.Equal(count, Networks[name]().Summary([1, 3, 224, 224]).MultiplyAccumulates);

    [Fact]
    public void Every_network_is_compared()
    {
        var compared = Networks.Values.Select(make => make().GetType()).ToHashSet();
        var all = typeof(ImageClassifier).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(ImageClassifier)));
        Assert.Equal(all.Select(type => type.Name).Order(), compared.Select(type => type.Name).Order());
        Assert.Equal(GoldenModels.Read.Networks.Keys, Networks.Keys);
    }

    // PyTorch lists the statistics of a layer after its parameters; the library lists all statistics after all parameters.
    private static bool IsStatistic(KeyValuePair<string, int[]> tensor) => tensor.Key.Contains("running_", StringComparison.Ordinal);

    [Fact]
    public void Initial_weights_have_the_standard_deviation_given_in_the_papers()
    {
        static double Deviation(Parameter parameter)
        {
            var values = parameter.Value.ToArray();
            return Math.Sqrt(values.Sum(value => (double)value * value) / values.Length);
        }

        static Parameter Weight(Layer network, string name) => network.NamedParameters.Single(named => named.Name == name).Parameter;

        var residual = new ResNet(18, classes: 5);
        var block = (BasicBlock)residual.Layer3[1];
        Assert.Equal(Math.Sqrt(2.0 / (256 * 9)), Deviation(block.Conv2.Weight), 1e-4);
        var vgg = new VGG(11, classes: 5, hidden: 8);
        Assert.Equal(Math.Sqrt(2.0 / (256 * 9)), Deviation(((Conv2d)vgg.Features[6]).Weight), 1e-3);
        Assert.Equal(0.01, Deviation(((Linear)vgg.Classifier[0]).Weight), 1e-4);
        Assert.Equal(Math.Sqrt(2.0 / (96 * 9)), Deviation(Weight(new GoogLeNet(), "Inception3a.Branch2.1.Conv.Weight")), 1e-3);
        Assert.Equal(0.01, Deviation(Weight(new GoogLeNet(batchNorm: true), "Inception3a.Branch2.1.Conv.Weight")), 1e-3);
        Assert.Equal(0, Deviation(((Linear)vgg.Classifier[0]).Bias!));
    }
}
