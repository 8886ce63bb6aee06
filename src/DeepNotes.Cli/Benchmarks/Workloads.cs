using DeepNotes.Backends;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>All rows of the table; benchmarks/compare/workloads.py holds the same in PyTorch.</summary>
internal static class Workloads
{
    private const int Classes = TrainingStep.Classes;

    public static IReadOnlyList<Workload> All { get; } =
    [
        .. new[] { 64, 128, 256, 512, 1024, 2048 }.Select(n => new Workload($"gemm {n}", () => Product(n))),
        Training("mlp", [128, 784], Mlp),
        Training("mlp-adam", [128, 784], Mlp, () => new Adam()),
        Training("tiny-mlp", [128, 2], TinyMlp),
        Training("lenet", [128, 1, 28, 28], () => new LeNet(rectified: true)),
        Training("mini-vgg", [64, 3, 32, 32], MiniVgg),
        Training("resnet20", [64, 3, 32, 32], () => new CifarResNet(20, projection: true)),
        Training("lstm", [128, 28, 28], Lstm),
        new("conv", Convolution),
    ];

    /// <summary>The rows of these names in the table's order, all of them without a name; a name's first word takes every size.</summary>
    /// <exception cref="CommandFailure">A name that is not in the table.</exception>
    public static IReadOnlyList<Workload> Named(IReadOnlyList<string> names) => Chosen.Of(All, workload => workload.Name, names);

    private static Workload Training(string name, Shape inputs, Func<Layer> network, Func<Optimizer>? optimizer = null) =>
        new(name, () => PreparedWorkload.Of(TrainingStep.Of(network(), inputs, optimizer?.Invoke())));

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

    private static PreparedWorkload Product(int n)
    {
        var (a, b) = (Tensor.Normal([n, n], seed: 1), Tensor.Normal([n, n], seed: 2));
        return Recycling(() => a.MatMul(b), (double)n * n * n);
    }

    private static PreparedWorkload Convolution()
    {
        var layer = new Conv2d(64, 64, 3, padding: 1);
        var images = Tensor.Normal([32, 64, 32, 32], seed: 1);
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
