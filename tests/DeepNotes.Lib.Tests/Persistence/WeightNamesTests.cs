namespace DeepNotes.Tests.Persistence;

public sealed class WeightNamesTests
{
    [Theory]
    [InlineData("Layer1.0.Bn1.RunningMean", "layer1.0.bn1.running_mean")]
    [InlineData("Conv1.Weight", "conv1.weight")]
    [InlineData("Bn1.NumBatchesTracked", "bn1.num_batches_tracked")]
    [InlineData("Inception3a.Branch2.1.Conv.Weight", "inception3a.branch2.1.conv.weight")]
    [InlineData("Fc", "fc")]
    [InlineData("WeightIh", "weight_ih")]
    [InlineData("WeightIhL0Reverse", "weight_ih_l0_reverse")]
    [InlineData("Layer2.0.Downsample.0.Weight", "layer2.0.downsample.0.weight")]
    [InlineData("0", "0")]
    [InlineData("10.Weight", "10.weight")]
    [InlineData("", "")]
    [InlineData("A", "a")]
    [InlineData("Conv2dX", "conv2d_x")]
    [InlineData("RunningMSE", "running_m_s_e")]
    [InlineData("Branch_3x3", "branch_3x3")]
    [InlineData("A_B", "a__b")]
    [InlineData("Fc_", "fc_")]
    public void A_name_of_ours_is_one_of_PyTorch_and_back(string ours, string theirs)
    {
        Assert.Equal(theirs, WeightNames.ToPyTorch(ours));
        Assert.Equal(ours, WeightNames.FromPyTorch(theirs));
    }
}
