using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Models;

/// <summary>The same weights give PyTorch's scores, and a backward pass PyTorch's gradients.</summary>
public sealed class ModelScoresTests
{
    private static readonly Dictionary<string, Func<ImageClassifier>> Networks = new()
    {
        ["LeNet"] = () => new LeNet(),
        ["LeNet rectified"] = () => new LeNet(7, 3, rectified: true),
        ["AlexNet"] = () => new AlexNet(7, hidden: 32),
        ["VGG 11"] = () => new VGG(11, 7, hidden: 32),
        ["VGG 11 BN"] = () => new VGG(11, 7, batchNorm: true, hidden: 32),
        ["GoogLeNet"] = () => new GoogLeNet(7),
        ["GoogLeNet BN"] = () => new GoogLeNet(7, batchNorm: true),
        ["ResNet 18"] = () => new ResNet(18, 7),
        ["ResNet 50"] = () => new ResNet(50, 7),
        ["CIFAR ResNet 20"] = () => new CifarResNet(20),
        ["CIFAR ResNet 20 B"] = () => new CifarResNet(20, projection: true),
    };

    public static TheoryData<string> Names() => [.. GoldenModels.Read.Scores.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_equal_PyTorch(string name)
    {
        var expected = GoldenModels.Read.Scores[name];
        var network = GoldenModels.Filled(Networks[name]());
        var images = GoldenModels.Images(expected.Input);

        AssertClose.Equal(expected.Scores[0], network.Predict(images), 1e-4, name);
        if (network is GoogLeNet inception)
        {
            inception.Train(false);
            var (main, first, second) = inception.ForwardWithHeads(images);
            AssertClose.Equal(expected.Scores[0], main, 1e-4, name);
            AssertClose.Equal(expected.Scores[1], first, 1e-4, $"{name}, first head");
            AssertClose.Equal(expected.Scores[2], second, 1e-4, $"{name}, second head");
        }
    }

    [Theory]
    [InlineData("LeNet")]
    [InlineData("CIFAR ResNet 20")]
    public void The_plain_backend_agrees(string name)
    {
        using var chosen = Device.Plain.Use();
        var expected = GoldenModels.Read.Scores[name];
        var network = GoldenModels.Filled(Networks[name]());
        AssertClose.Equal(expected.Scores[0], network.Predict(GoldenModels.Images(expected.Input)), 1e-4, name);
    }

    [Fact]
    public void Gradients_and_statistics_of_a_residual_network_equal_PyTorch()
    {
        var expected = GoldenModels.Read.Training;
        var network = GoldenModels.Filled(new CifarResNet(20));
        var loss = Loss.CrossEntropy(network.Forward(GoldenModels.Images([3, 3, 16, 16])), [1, 0, 9]);
        loss.Backward();

        Assert.Equal(expected.Loss, loss.ToSingle(), 1e-4);
        var gradients = network.NamedParameters.ToDictionary(
            named => WeightNames.ToPyTorch(named.Name), named => Norm(named.Parameter.Gradient!));
        AssertNorms(expected.Norms, gradients);
        var statistics = network.NamedStatistics.ToDictionary(
            named => WeightNames.ToPyTorch(named.Name), named => Norm(named.Statistic.Value));
        AssertNorms(expected.Statistics, statistics);
    }

    [Fact]
    public void Weights_are_saved_and_loaded_under_PyTorchs_names()
    {
        var path = Path.GetTempFileName();
        try
        {
            GoldenModels.Filled(new CifarResNet(20, projection: true)).Save(path, WeightNames.ToPyTorch);
            Assert.Contains("layer2.0.downsample.1.running_var", Safetensors.Load(path).Tensors.Keys);

            var expected = GoldenModels.Read.Scores["CIFAR ResNet 20 B"];
            var network = new CifarResNet(20, projection: true);
            network.Load(path, WeightNames.ToPyTorch);
            AssertClose.Equal(expected.Scores[0], network.Predict(GoldenModels.Images(expected.Input)), 1e-4, "loaded");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Heads_add_three_tenths_of_their_loss_and_reach_the_lower_blocks()
    {
        var network = GoldenModels.Filled(new GoogLeNet(5, dropout: 0));
        var scores = network.ForwardWithHeads(GoldenModels.Images([1, 3, 47, 47]));
        int[] labels = [3];
        var loss = scores.Loss(z => Loss.CrossEntropy(z, labels));
        var parts = new[] { scores.Main, scores.First, scores.Second }.Select(z => (double)Loss.CrossEntropy(z, labels).ToSingle()).ToArray();

        Assert.Equal(parts[0] + 0.3 * (parts[1] + parts[2]), loss.ToSingle(), 1e-4 * parts.Sum());
        loss.Backward();
        Assert.All(network.Parameters, parameter => Assert.NotNull(parameter.Gradient));
    }

    private static void AssertNorms(Dictionary<string, double> expected, Dictionary<string, double> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, norm => Assert.InRange(actual[norm.Key], norm.Value * 0.999, norm.Value * 1.001));
    }

    private static double Norm(Tensor tensor) => Math.Sqrt(tensor.ToArray().Sum(value => (double)value * value));
}
