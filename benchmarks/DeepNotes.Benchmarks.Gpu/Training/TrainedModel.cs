using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Training;

/// <summary>A network, its optimizer and one generated batch, small enough for any device.</summary>
internal sealed record TrainedModel(string Name, Shape Inputs, Func<Layer> Network, Func<Optimizer> Optimizer)
{
    private const int Classes = 10;

    public static IReadOnlyList<TrainedModel> All { get; } =
    [
        new("mlp", [16, 40], () => new Sequential { new Linear(40, 32), new Tanh(), new Dropout(0.2f), new Linear(32, Classes) }, () => new SGD(0.1f, 0.9f)),
        new("lenet", [8, 1, 28, 28], () => new LeNet(rectified: true), () => new Adam(1e-3f)),
        new("mini-vgg", [4, 3, 16, 16], MiniVgg, () => new SGD(0.05f, 0.9f, nesterov: true)),
        new("resnet20", [4, 3, 16, 16], () => new CifarResNet(20, projection: true), () => new SGD(0.05f, 0.9f) { WeightDecay = 1e-4f }),
        new("inception", [4, 8, 8, 8], () => new Sequential { new Inception(8, new(4, 4, 8, 2, 4, 4)), new GlobalAveragePool(), new Linear(20, Classes) }, () => new AdamW(1e-3f)),
        new("lstm", [8, 12, 10], () => new Sequential { new LSTM(10, 24), new LastStep(), new Linear(24, Classes) }, () => new Adam(1e-2f) { GlobalClipNorm = 1 }),
        new("layer norm and gelu", [16, 20], () => new Sequential { new Linear(20, 32), new LayerNorm(32), new GELU(), new Linear(32, Classes) }, () => new RMSProp(1e-3f)),
    ];

    /// <summary>Returns the loss of each step, from the same initial weights and data on every device.</summary>
    public float[] Losses(Device device, int steps)
    {
        using var chosen = device.Use();
        using var seeds = Seeds.BeginRun(3);
        var (net, optimizer, memory) = (Network(), Optimizer(), new StepMemory());
        int[] labels = [.. Enumerable.Range(0, Inputs[0]).Select(n => 3 * n % Classes)];
        var x = Tensor.Normal(Inputs, seed: 4);
        return [.. Enumerable.Range(0, steps).Select(_ =>
        {
            using var step = memory.Step();
            var loss = Loss.CrossEntropy(net.Forward(x), labels);
            optimizer.Minimize(loss, net.Parameters);
            return loss.ToSingle();
        })];
    }

    private static Sequential MiniVgg()
    {
        Layer[] Block(int inputs, int outputs) => [new Conv2d(inputs, outputs, 3, padding: 1), new BatchNorm2d(outputs), new ReLU()];
        return [.. Block(3, 16), .. Block(16, 16), new MaxPool2d(2), .. Block(16, 32), new MaxPool2d(2), new Flatten(), new Linear(32 * 4 * 4, Classes)];
    }
}
