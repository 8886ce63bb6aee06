using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Optimizers;

/// <summary>Twenty steps of a small network follow PyTorch's losses, or those of the paper's formula, from the same weights and data.</summary>
public sealed class OptimizerGoldenTests
{
    private static readonly GoldenTraining Golden = GoldenFile.Read<GoldenTraining>("optimizers.json");

    private static readonly Dictionary<string, Func<IReadOnlyList<Parameter>, Optimizer>> Optimizers = new()
    {
        ["SGD"] = _ => new SGD(0.1f),
        ["SGD with momentum"] = _ => new SGD(0.1f, momentum: 0.9f),
        ["SGD with Nesterov's momentum"] = _ => new SGD(0.1f, momentum: 0.9f, nesterov: true),
        ["SGD with L2"] = _ => new SGD(0.1f, momentum: 0.9f) { WeightDecay = 0.1f },
        ["AdaGrad"] = _ => new AdaGrad(0.1f),
        ["AdaGrad with L2"] = _ => new AdaGrad(0.1f, 1e-6f) { WeightDecay = 0.1f },
        ["AdaDelta"] = _ => new AdaDelta(),
        ["AdaDelta with other rho"] = _ => new AdaDelta(2, 0.8f, 1e-4f),
        ["RMSProp"] = _ => new RMSProp(),
        ["RMSProp centred"] = _ => new RMSProp(rho: 0.9f, centered: true),
        ["RMSProp centred with momentum"] = _ => new RMSProp(0.005f, 0.95f, momentum: 0.8f, centered: true),
        ["RMSProp with momentum"] = _ => new RMSProp(0.005f, momentum: 0.8f) { WeightDecay = 0.1f },
        ["Adam"] = _ => new Adam(0.01f),
        ["Adam with other betas"] = _ => new Adam(0.02f, 0.8f, 0.95f, 1e-6f),
        ["Adam with L2"] = _ => new Adam(0.01f) { WeightDecay = 0.1f },
        ["RMSProp with epsilon inside"] = _ => new RMSProp(0.005f, 0.9f, 1e-2f, epsilonInside: true),
        ["RMSProp centred with epsilon inside"] = _ => new RMSProp(0.005f, 0.9f, 1e-2f, momentum: 0.5f, centered: true, epsilonInside: true),
        ["Adam without bias correction"] = _ => new Adam(0.01f, biasCorrection: false),
        ["AdamW without bias correction"] = _ => new AdamW(0.01f, weightDecay: 0.5f, biasCorrection: false),
        ["AMSGrad"] = _ => new AMSGrad(0.05f, beta2: 0.9f),
        ["AdamW"] = _ => new AdamW(0.01f),
        ["AdamW with a large decay"] = _ => new AdamW(0.02f, weightDecay: 0.5f),
        ["AdamW with groups"] = parameters =>
        {
            var optimizer = new AdamW(0.01f, weightDecay: 0.5f);
            optimizer.Groups.Add(new ParameterGroup([parameters[0]]) { LearningRateFactor = 0.1f });
            optimizer.Groups.Add(new ParameterGroup([parameters[1], parameters[3]]) { WeightDecay = 0 });
            return optimizer;
        },
        ["Nadam"] = _ => new Nadam(),
        ["Nadam with other betas"] = _ => new Nadam(0.02f, 0.8f, 0.95f, momentumDecay: 0.1f) { WeightDecay = 0.1f },
        ["RAdam"] = _ => new RAdam(0.01f),
        ["RAdam with other betas"] = _ => new RAdam(0.02f, 0.8f, 0.95f) { WeightDecay = 0.1f },
        ["Lion"] = _ => new Lion(0.01f),
        ["Lion with decay"] = _ => new Lion(0.02f, 0.8f, 0.9f, 0.5f),
        ["FTRL"] = _ => new FTRL(0.5f),
        ["FTRL with penalties"] = _ => new FTRL(0.5f, 0.5f, 0.02f, 0.1f),
        ["Online gradient descent"] = _ => new OnlineGradientDescent(0.5f),
        ["Adam, then SGD"] = _ => new SwitchAfter(8, new Adam(0.02f), new SGD(0.1f, momentum: 0.9f)),
        ["SGD on a cosine"] = _ => new SGD(0.3f, momentum: 0.9f) { Schedule = Schedules.Cosine(20) },
        ["SGD clipped by value"] = _ => new SGD(0.5f) { ClipValue = 0.02f },
        ["SGD clipped by norm"] = _ => new SGD(0.5f) { ClipNorm = 0.1f },
        ["SGD clipped by global norm"] = _ => new SGD(0.5f) { GlobalClipNorm = 0.1f },
        ["SGD with max-norm"] = _ => new SGD(0.5f) { MaxNorm = 1.2f },
        ["SGD with L1 by subgradient"] = _ => new SGD(0.2f) { L1 = 0.05f },
        ["SGD with L1 by proximal step"] = _ => new SGD(0.2f) { L1 = 0.05f, IsL1Proximal = true },
    };

    public static IEnumerable<Optimizer> All => Optimizers.Values.Select(make => make(new Linear(6, 9).Parameters.Concat(new Linear(9, 4).Parameters).ToList()));

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var device in Devices.All)
        {
            foreach (var name in Golden.Losses.Keys.Union(Optimizers.Keys))
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

        var optimizer = Optimizers[name](net.Parameters);
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
