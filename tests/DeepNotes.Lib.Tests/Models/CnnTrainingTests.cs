using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Models;

/// <summary>The losses of twenty training steps of a small convolutional network with batch normalisation follow PyTorch's.</summary>
public sealed class CnnTrainingTests
{
    private static readonly Golden Expected = GoldenFile.Read<Golden>("cnn_training.json");

    public static TheoryData<string> AllDevices() => [.. Devices.All.Select(device => device.ToString()!)];

    [Theory]
    [MemberData(nameof(AllDevices))]
    public void Losses_statistics_and_scores_follow_PyTorch(string device)
    {
        using var chosen = Devices.Named(device).Use();
        Sequential net =
        [
            new Conv2d(2, 6, 3, padding: 1, bias: false), new BatchNorm2d(6), new ReLU(), new MaxPool2d(2),
            new Conv2d(6, 7, 3), new BatchNorm2d(7), new ReLU(), new GlobalAveragePool(), new Linear(7, 5),
        ];
        foreach (var (parameter, weight) in net.Parameters.Zip(Expected.Weights))
        {
            parameter.Value.Assign(weight.ToTensor());
        }

        var optimizer = new SGD(0.1f, momentum: 0.9f);
        var x = Expected.X.ToTensor();
        var losses = new List<double>();
        for (var step = 0; step < 20; step++)
        {
            var loss = Loss.CrossEntropy(net.Forward(x), Expected.Labels);
            optimizer.Minimize(loss, net.Parameters);
            losses.Add(loss.ToSingle());
        }

        AssertClose.Equal(Expected.Losses, [.. losses], 1e-3, "losses");
        foreach (var ((name, statistic), expected) in net.NamedStatistics.Zip(Expected.Statistics))
        {
            AssertClose.Equal(expected, statistic.Value, 1e-3, name);
        }

        AssertClose.Equal(Expected.Scores, net.Predict(x), 1e-3, "scores in evaluation");
    }

    private sealed record Golden(
        GoldenArray X, int[] Labels, GoldenArray[] Weights, double[] Losses, GoldenArray[] Statistics, GoldenArray Scores);
}
