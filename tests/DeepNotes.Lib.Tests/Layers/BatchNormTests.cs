using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Layers;

public sealed class BatchNormTests
{
    [Fact]
    public void Running_statistics_and_evaluation_equal_PyTorch()
    {
        var golden = GoldenFile.Read<GoldenBatchNorm>("batch_norm.json");
        var norm = new BatchNorm2d(3, momentum: 0.3f);
        foreach (var batch in golden.Batches)
        {
            norm.Forward(batch.ToTensor());
        }

        AssertClose.Equal(golden.Mean, norm.RunningMean, 1e-5, "running mean");
        AssertClose.Equal(golden.Variance, norm.RunningVar, 1e-5, "running variance");
        AssertClose.Equal(golden.Value, norm.Predict(golden.Batches[0].ToTensor()), 1e-5, "evaluation");
        Assert.Equal("RunningMean, RunningVar", string.Join(", ", norm.NamedStatistics.Select(named => named.Name)));
    }

    // (x - μ)/√(σ² + ε) of [1, 2, 3, 4] with ε = 1e-5; ten steps with momentum 0.1 reach 1 - 0.9¹⁰ = 0.65132156 of a constant statistic.
    [Fact]
    public void Known_answers()
    {
        var norm = new BatchNorm1d(1);
        var x = Tensor.From(1, 2, 3, 4).Reshape(4, 1);
        AssertClose.Equal([-1.34163542, -0.44721181, 0.44721181, 1.34163542], [.. norm.Forward(x).ToArray()], 1e-6, "y");
        for (var step = 2; step <= 10; step++)
        {
            norm.Forward(x);
        }

        Assert.Equal(0.65132156 * 2.5, norm.RunningMean.Value.ToSingle(), 5);
    }

    private sealed record GoldenBatchNorm(GoldenArray[] Batches, GoldenArray Mean, GoldenArray Variance, GoldenArray Value);
}
