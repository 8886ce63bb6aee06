using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Analysis;

/// <summary>Reference numbers of PyTorch for two small networks, and these networks with the same weights.</summary>
public sealed record AnalysisGolden(GoldenMlp Mlp, GoldenCnn Cnn)
{
    public static AnalysisGolden Read() => GoldenFile.Read<AnalysisGolden>("analysis.json");

    internal static Sequential WithWeights(Sequential network, GoldenArray[] weights)
    {
        foreach (var (parameter, weight) in network.Parameters.Zip(weights))
        {
            parameter.Value.Assign(weight.ToTensor());
        }

        return network;
    }
}

public sealed record GoldenMlp(
    GoldenArray X, int[] Labels, GoldenArray[] Weights, GoldenArray Jacobian, GoldenArray Hessian, double[] Eigenvalues,
    GoldenArray Vector, GoldenArray Product)
{
    public Sequential Network() => AnalysisGolden.WithWeights([new Linear(4, 5), new Tanh(), new Linear(5, 3)], Weights);

    public Func<Tensor> Loss(Layer network) => () => DeepNotes.Loss.CrossEntropy(network.Forward(X.ToTensor()), Labels);
}

public sealed record GoldenCnn(
    GoldenArray X, int[] Classes, GoldenArray[] Weights, GoldenArray Gradient, GoldenArray Maps, GoldenArray Cam, GoldenArray Enlarged)
{
    public Sequential Network() => AnalysisGolden.WithWeights(
        [new Conv2d(1, 3, 3, padding: 1), new Tanh(), new Conv2d(3, 4, 3, stride: 2), new Tanh(), new GlobalAveragePool(), new Linear(4, 3)],
        Weights);
}
