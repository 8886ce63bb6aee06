using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Layers.Recurrent;

/// <summary>The losses of twenty training steps of a sequence classifier follow PyTorch's, from the same weights and data.</summary>
public sealed class RecurrentTrainingTests
{
    private static readonly GoldenTraining Golden = GoldenFile.Read<GoldenTraining>("recurrent_training.json");

    private static readonly Dictionary<string, Func<Layer>> Layers = new()
    {
        ["RNN"] = () => new RNN(6, 11, twoBiases: true),
        ["LSTM"] = () => new LSTM(6, 11, twoBiases: true),
        ["GRU"] = () => new GRU(6, 11, twoBiases: true),
    };

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var device in Devices.All)
        {
            foreach (var name in Golden.Runs.Keys)
            {
                rows.Add(name, device.ToString());
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Losses_follow_PyTorch(string name, string device)
    {
        using var chosen = Devices.Named(device).Use();
        Sequential net = [Layers[name](), new LastStep(), new Linear(11, 4)];
        Assert.Equal(net.Parameters.Count, Golden.Runs[name].Weights.Length);
        foreach (var (parameter, weight) in net.Parameters.Zip(Golden.Runs[name].Weights))
        {
            parameter.Value.Assign(weight.ToTensor());
        }

        var (optimizer, x, losses) = (new Adam(0.02f), Golden.X.ToTensor(), new List<double>());
        for (var step = 0; step < 20; step++)
        {
            var loss = Loss.CrossEntropy(net.Forward(x), Golden.Labels);
            optimizer.Minimize(loss, net.Parameters);
            losses.Add(loss.ToSingle());
        }

        AssertClose.Equal(Golden.Runs[name].Losses, [.. losses], 1e-3, name);
    }

    private sealed record GoldenTraining(GoldenArray X, int[] Labels, Dictionary<string, GoldenRun> Runs);

    private sealed record GoldenRun(GoldenArray[] Weights, double[] Losses);
}
