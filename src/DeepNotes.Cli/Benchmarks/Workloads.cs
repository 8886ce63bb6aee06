using DeepNotes.Backends;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>All rows of the table; benchmarks/compare/workloads.py holds the same in PyTorch.</summary>
internal static class Workloads
{
    private const int Classes = TrainingStep.Classes;

    private static readonly (string Name, Shape Inputs, Func<Layer> Network, Func<Optimizer>? Optimizer)[] _nets =
    [
        ("mlp", [128, 784], Mlp, null),
        ("mlp-adam", [128, 784], Mlp, () => new Adam()),
        ("tiny-mlp", [128, 2], TinyMlp, null),
        ("lenet", [128, 1, 28, 28], () => new LeNet(rectified: true), null),
        ("mini-vgg", [64, 3, 32, 32], MiniVgg, null),
        ("resnet20", [64, 3, 32, 32], () => new CifarResNet(20, projection: true), null),
        ("lstm", [128, 28, 28], Lstm, null),
    ];

    public static IReadOnlyList<Workload> All { get; } =
        [.. new[] { 64, 128, 256, 512, 1024, 2048 }.Select(Product), .. Trainings(), Convolution()];

    /// <summary>The product of two matrices [n, n].</summary>
    public static Workload Product(int n) => new($"gemm {n}", () => Squares(n));

    /// <summary>The training rows, or those of the names, with the table's batch or another.</summary>
    public static IEnumerable<Workload> Trainings(int? batch = null, params IReadOnlyCollection<string> names) =>
        _nets.Where(net => names.Count == 0 || names.Contains(net.Name)).Select(net => new Workload(
            Named(net.Name, batch),
            () => PreparedWorkload.Of(TrainingStep.Of(net.Network(), [batch ?? net.Inputs[0], .. net.Inputs.Skip(1)], net.Optimizer?.Invoke()))));

    /// <summary>A layer's convolution alone, over the table's number of images or another.</summary>
    public static Workload Convolution(int? batch = null) => new(Named("conv", batch), () => Images(batch ?? 32));

    private static string Named(string name, int? batch) => batch is null ? name : $"{name}, batch {batch}";

    private static Sequential Mlp() => [new Linear(784, 256), new ReLU(), new Linear(256, Classes)];

    private static Sequential TinyMlp() => [new Linear(2, 32), new Tanh(), new Linear(32, 32), new Tanh(), new Linear(32, Classes)];

    private static Sequential MiniVgg()
    {
        Layer[] Block(int inputs, int outputs) => [new Conv2d(inputs, outputs, 3, padding: 1), new BatchNorm2d(outputs), new ReLU()];
        return
        [
            .. Block(3, 32), .. Block(32, 32), new MaxPool2d(2),
            .. Block(32, 64), .. Block(64, 64), new MaxPool2d(2),
            new Flatten(), new Linear(64 * 8 * 8, Classes),
        ];
    }

    // Two biases as in PyTorch, for the same number of parameters.
    private static Sequential Lstm() => [new LSTM(28, 128, twoBiases: true), new LastStep(), new Linear(128, Classes)];

    private static PreparedWorkload Squares(int n)
    {
        var (a, b) = (Tensor.Normal([n, n], seed: 1), Tensor.Normal([n, n], seed: 2));
        return Recycling(() => a.MatMul(b), (double)n * n * n);
    }

    private static PreparedWorkload Images(int count)
    {
        var layer = new Conv2d(64, 64, 3, padding: 1);
        var images = Tensor.Normal([count, 64, 32, 32], seed: 1);
        return Recycling(() => layer.Predict(images), layer.Summary(images.Shape).MultiplyAccumulates);
    }

    // The next result lies where this one did, as in a training; PyTorch's allocator does the same.
    private static PreparedWorkload Recycling(Func<Tensor> compute, double multiplyAccumulates)
    {
        var memory = new StepMemory();
        return new PreparedWorkload(
            () =>
            {
                using var step = memory.Step();
                compute();
            },
            multiplyAccumulates);
    }
}
