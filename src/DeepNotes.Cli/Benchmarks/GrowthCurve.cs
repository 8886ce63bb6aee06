namespace DeepNotes.Cli.Benchmarks;

/// <summary>A training step that grows in one respect while the rest stays.</summary>
/// <param name="Name">The network and what grows: "mlp batch".</param>
/// <param name="Title">What the step trains, for the chart.</param>
/// <param name="Axis">What grows, for the chart.</param>
/// <param name="Sizes">How large, ascending.</param>
/// <param name="Step">The step of a size.</param>
internal sealed record GrowthCurve(string Name, string Title, string Axis, IReadOnlyList<int> Sizes, Func<int, TrainingStep> Step)
{
    private const int Classes = TrainingStep.Classes;
    private const string Batch = "batch (samples)";

    // Powers of two, and some that fill no vector and no tile.
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
