using DeepNotes.Backends.Cpu;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>A training step as a function of one size; everything else is constant.</summary>
/// <param name="Name">The network and the size that varies: "mlp batch".</param>
/// <param name="Title">The network, for the chart.</param>
/// <param name="Axis">The size that varies, for the chart.</param>
/// <param name="Sizes">The sizes, ascending.</param>
/// <param name="Step">Creates the step of a size.</param>
internal sealed record GrowthCurve(string Name, string Title, string Axis, IReadOnlyList<int> Sizes, Func<int, TrainingStep> Step)
{
    private const int Classes = TrainingStep.Classes;
    private const string Batch = "batch (samples)";

    // Powers of two, and sizes that are not a multiple of a vector or tile.
    private static readonly int[] _batches = [1, 2, 4, 8, 16, 32, 33, 64, 100, 128, 256, 512];
    private static readonly int[] _widths = [16, 32, 33, 64, 100, 128, 256, 500, 512, 1024];

    public static IReadOnlyList<GrowthCurve> All { get; } =
    [
        new("mlp batch", "MLP 784-256-256-10, ReLU", Batch, _batches, batch => Mlp(batch, 256)),
        new("mlp width", "MLP 784-w-w-10, ReLU, batch 128", "width w (units)", _widths, width => Mlp(128, width)),
        new("cnn batch", "CNN 3×16×16, two convolutions 3×3 of 32 filters", Batch, _batches, batch => Cnn(batch, 32)),
        new("cnn width", "CNN 3×16×16, two convolutions 3×3, batch 16", "width (filters)", _widths, width => Cnn(16, width)),
    ];

    private static TrainingStep Mlp(int batch, int width) => TrainingStep.Of(
        new Sequential { new Linear(784, width), new ReLU(), new Linear(width, width), new ReLU(), new Linear(width, Classes) }, [batch, 784]);

    private static TrainingStep Cnn(int batch, int width) => TrainingStep.Of(
        new Sequential
        {
            new Conv2d(3, width, 3, padding: 1), new BatchNorm2d(width), new ReLU(), new MaxPool2d(2),
            new Conv2d(width, width, 3, padding: 1), new BatchNorm2d(width), new ReLU(), new MaxPool2d(2),
            new Flatten(), new Linear(width * 16, Classes),
        },
        [batch, 3, 16, 16]);
}

/// <summary>The timing of a training step of one size on a number of threads.</summary>
/// <param name="Name">The name of the curve.</param>
/// <param name="Size">The size.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Milliseconds">The median time of forward, backward and update.</param>
/// <param name="MultiplyAccumulates">Multiply-accumulates in the products of one step.</param>
internal sealed record GrowthRow(string Name, int Size, int Threads, double Milliseconds, double MultiplyAccumulates)
{
    /// <summary>10⁹ floating-point operations per second; only products are counted.</summary>
    public double Gflops => 2e-6 * MultiplyAccumulates / Milliseconds;

    /// <summary>The speed-up over the same step on one thread.</summary>
    public double SpeedUpOver(IEnumerable<GrowthRow> rows) =>
        rows.First(row => row.Name == Name && row.Size == Size && row.Threads == 1).Milliseconds / Milliseconds;

    /// <summary>Measures one thread and then all threads in direct succession, so that both are measured under the same load of the machine.</summary>
    public static IReadOnlyList<GrowthRow> Measure(GrowthCurve curve, int size, double seconds, double warmUp)
    {
        var all = CpuThreads.Count;
        var step = PreparedWorkload.Of(curve.Step(size));
        try
        {
            return [.. new[] { 1, all }.Distinct().Select(threads =>
            {
                CpuThreads.Count = threads;
                return new GrowthRow(curve.Name, size, threads, Timing.Median(step.Run, seconds, warmUp), step.MultiplyAccumulates);
            })];
        }
        finally
        {
            CpuThreads.Count = all;
        }
    }
}
