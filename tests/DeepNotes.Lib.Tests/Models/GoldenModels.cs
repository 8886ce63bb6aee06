using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Models;

/// <summary>What models.py says of each network, under the names that it uses.</summary>
internal sealed record GoldenModels(
    Dictionary<string, GoldenModels.Network> Networks, Dictionary<string, GoldenModels.Computed> Scores, GoldenModels.Step Training)
{
    private const ulong ImageSeed = 1_000_000;

    public static GoldenModels Read { get; } = GoldenFile.Read<GoldenModels>("models.json");

    /// <summary>All that PyTorch calls the state of a network, by PyTorch's names.</summary>
    public static IEnumerable<(string Name, Shape Shape)> State(Layer network) => network.NamedParameters
        .Select(named => (WeightNames.ToPyTorch(named.Name), named.Parameter.Shape))
        .Concat(network.NamedStatistics.Select(named => (WeightNames.ToPyTorch(named.Name), named.Statistic.Shape)));

    /// <summary>The images that the script draws.</summary>
    public static Tensor Images(int[] shape) => Tensor.Uniform(shape, -1, 1, ImageSeed);

    /// <summary>The weights and statistics that the script draws: seeds count them in the order of declaration.</summary>
    public static T Filled<T>(T network)
        where T : Layer
    {
        ulong seed = 0;
        foreach (var (name, parameter) in network.NamedParameters)
        {
            var shape = parameter.Shape;
            var bound = shape.Count > 1 ? (float)Math.Sqrt(6.0 / (shape.Elements / shape[0])) : 0.1f;
            var isScale = shape.Count == 1 && name.EndsWith("Weight", StringComparison.Ordinal);
            var (low, high) = isScale ? (0.5f, 1.5f) : (-bound, bound);
            parameter.Bind(Tensor.Uniform(shape, low, high, seed++).RequireGradient());
        }

        foreach (var (name, statistic) in network.NamedStatistics)
        {
            var (low, high) = name.EndsWith("Mean", StringComparison.Ordinal) ? (-0.1f, 0.1f) : (0.5f, 1.5f);
            statistic.Value.Assign(Tensor.Uniform(statistic.Shape, low, high, seed++));
        }

        return network;
    }

    internal sealed record Network(Dictionary<string, int[]> Tensors, long Parameters, int[] Input, long MultiplyAccumulates);

    internal sealed record Computed(int[] Input, GoldenArray[] Scores);

    internal sealed record Step(double Loss, Dictionary<string, double> Norms, Dictionary<string, double> Statistics);
}
