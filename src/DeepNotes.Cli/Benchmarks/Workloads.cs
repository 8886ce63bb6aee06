using DeepNotes.Backends;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>The workloads of all rows; benchmarks/compare/workloads.py has the same in PyTorch.</summary>
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
    public static Workload Product(int n) => new($"gemm {n}", () => MatrixProduct(n));

    /// <summary>The training rows, or those with the given names, with their default batch size or another.</summary>
    public static IEnumerable<Workload> Trainings(int? batch = null, params IReadOnlyCollection<string> names) =>
        _nets.Where(net => names.Count == 0 || names.Contains(net.Name)).Select(net => new Workload(
            NameOf(net.Name, batch),
            () => PreparedWorkload.Of(TrainingStep.Of(net.Network(), [batch ?? net.Inputs[0], .. net.Inputs.Skip(1)], net.Optimizer?.Invoke()))));

    /// <summary>The forward pass of one convolution, over the default number of images or another.</summary>
    public static Workload Convolution(int? batch = null) => new(NameOf("conv", batch), () => ConvolutionOf(batch ?? 32));

    private static string NameOf(string name, int? batch) => batch is null ? name : $"{name}, batch {batch}";

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

    // Two biases as in PyTorch, so that the number of parameters is the same.
    private static Sequential Lstm() => [new LSTM(28, 128, twoBiases: true), new LastStep(), new Linear(128, Classes)];

    private static PreparedWorkload MatrixProduct(int n)
    {
        var (a, b) = (Tensor.Normal([n, n], seed: 1), Tensor.Normal([n, n], seed: 2));
        return WithStepMemory(() => a.MatMul(b), (double)n * n * n);
    }

    private static PreparedWorkload ConvolutionOf(int count)
    {
        var layer = new Conv2d(64, 64, 3, padding: 1);
        var images = Tensor.Normal([count, 64, 32, 32], seed: 1);
        return WithStepMemory(() => layer.Predict(images), layer.Summary(images.Shape).MultiplyAccumulates);
    }

    // Results reuse the same memory, as in training; PyTorch's caching allocator does the same.
    private static PreparedWorkload WithStepMemory(Func<Tensor> compute, double multiplyAccumulates)
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

/// <summary>A benchmark, prepared just before it runs, so that the arrays of only one are in memory.</summary>
internal sealed record Workload(string Name, Func<PreparedWorkload> Prepare);

/// <summary>A workload that is ready to run.</summary>
/// <param name="Run">Executes it once.</param>
/// <param name="MultiplyAccumulates">Multiply-accumulates in the products of one execution; the number of FLOPs is twice that.</param>
/// <param name="Training">The training step that it runs, if any.</param>
internal sealed record PreparedWorkload(Action Run, double MultiplyAccumulates, TrainingStep? Training = null)
{
    public static PreparedWorkload Of(TrainingStep step) => new(() => step.Run(), step.MultiplyAccumulates, step);
}
