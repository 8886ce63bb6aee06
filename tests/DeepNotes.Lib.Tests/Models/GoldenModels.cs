using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Models;

/// <summary>The golden numbers of models.py, by its names of the networks.</summary>
internal sealed record GoldenModels(
    Dictionary<string, GoldenModels.Network> Networks, Dictionary<string, GoldenModels.Computed> Scores, GoldenModels.Step Training)
{
    private const ulong ImageSeed = 1_000_000;

    public static GoldenModels Read { get; } = GoldenFile.Read<GoldenModels>("models.json");

    /// <summary>The parameters and statistics of a network under PyTorch's names.</summary>
    public static IEnumerable<(string Name, Shape Shape)> State(Layer network) => network.NamedParameters
        .Select(named => (WeightNames.ToPyTorch(named.Name), named.Parameter.Shape))
        .Concat(network.NamedStatistics.Select(named => (WeightNames.ToPyTorch(named.Name), named.Statistic.Shape)));

    /// <summary>The images drawn by models.py.</summary>
    public static Tensor Images(int[] shape) => Tensor.Uniform(shape, -1, 1, ImageSeed);

    /// <summary>Assigns the weights and statistics drawn by models.py: the seeds count them in order of declaration.</summary>
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
