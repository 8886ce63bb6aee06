using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Training;

/// <summary>Twenty steps of a small network follow PyTorch's losses, from the same weights and data.</summary>
public sealed class OptimizerGoldenTests
{
    private static readonly GoldenTraining Golden = GoldenFile.Read<GoldenTraining>("training.json");

    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["SGD"] = () => new SGD(0.1f),
        ["SGD with momentum"] = () => new SGD(0.1f, momentum: 0.9f),
        ["Adam"] = () => new Adam(0.01f),
        ["Adam with other betas"] = () => new Adam(0.02f, 0.8f, 0.95f, 1e-6f),
    };

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var device in Devices.All)
        {
            foreach (var name in Golden.Losses.Keys)
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
        var (first, second) = (new Linear(6, 9), new Linear(9, 4));
        Sequential net = [first, new Tanh(), second];
        foreach (var (parameter, weight) in net.Parameters.Zip(Golden.Weights))
        {
            parameter.Value.Assign(weight.ToTensor());
        }

        var optimizer = Optimizers[name]();
        var x = Golden.X.ToTensor();
        var losses = new List<double>();
        for (var step = 0; step < 20; step++)
        {
            var loss = Loss.CrossEntropy(net.Forward(x), Golden.Labels);
            optimizer.Minimize(loss, net.Parameters);
            losses.Add(loss.ToSingle());
        }

        AssertClose.Equal(Golden.Losses[name], [.. losses], 1e-4, name);
    }

    private sealed record GoldenTraining(
        GoldenArray X, int[] Labels, GoldenArray[] Weights, Dictionary<string, double[]> Losses);
}
