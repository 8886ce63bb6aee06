using DeepNotes.Backends;
using DeepNotes.Benchmarks.Gpu.Checks;

namespace DeepNotes.Benchmarks.Gpu;

/// <summary>The sizes of all workloads: full sizes that occupy a GPU, or small ones that a CPU computes in seconds.</summary>
internal sealed record Sizes
{
    /// <summary>"full" or "small".</summary>
    public required string Name { get; init; }

    /// <summary>Element counts for elementwise functions.</summary>
    public required int[] Elements { get; init; }

    /// <summary>The length of the largest buffer that is uploaded and downloaded.</summary>
    public required int Longest { get; init; }

    /// <summary>[outer, count, inner] of reductions.</summary>
    public required (int Outer, int Count, int Inner)[] Folds { get; init; }

    public required Channels[] Normalizations { get; init; }

    /// <summary>Row counts and row lengths for softmax and for lookup tables.</summary>
    public required (int Rows, int Count)[] Rows { get; init; }

    public required ProductShape[] Products { get; init; }

    /// <summary>Large products, of which a sample of rows is checked.</summary>
    public required int[] Squares { get; init; }

    public required ConvolutionShape[] Convolutions { get; init; }

    public required ConvolutionShape[] Pools { get; init; }

    /// <summary>Batch and state sizes for the LSTM step.</summary>
    public required (int Samples, int Hidden)[] Cells { get; init; }

    /// <summary>The number of steps of each training.</summary>
    public required int Steps { get; init; }

    /// <summary>The number of elements for bandwidth measurements.</summary>
    public required int Stream { get; init; }

    /// <summary>The sides n of the timed products [n, n]·[n, n].</summary>
    public required int[] TimedProducts { get; init; }

    /// <summary>The side of the product that is compared with the peak rate.</summary>
    public required int PeakProduct { get; init; }

    /// <summary>The batch size for the rows of `deepnotes bench`; null for their default.</summary>
    public required int? Batch { get; init; }

    /// <summary>The batch size of the networks compared with the CPU.</summary>
    public required int LargeBatch { get; init; }

    /// <summary>The multiply-adds of each chain in the measurement of the peak rate.</summary>
    public required int FmaRounds { get; init; }

    /// <summary>The measuring time of each row in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The minimum warm-up time of each row in seconds.</summary>
    public required double WarmUp { get; init; }

    public static Sizes Full { get; } = new()
    {
        Name = "full",
        Elements = [1, 300, 1_000_003],
        Longest = 1 << 26,
        Folds =
        [
            (1, 1, 1), (3, 37, 1), (1, 100_003, 1), (7, 113, 61), (1, 1_009, 307), (600, 37, 40), (3, 40_000, 2), (100_003, 33, 1), (1, 1 << 26, 1), (1, 262_144, 256),
            (16, 1_000_003, 1),
        ],
        Normalizations = [new(1, 3, 7), new(17, 33, 301), new(128, 16, 1_024), new(128, 64, 64), new(1_000, 300, 1)],
        Rows = [(1, 1), (129, 1_001), (10_007, 10), (512, 32_000)],
        Products =
        [
            new(1, 1, 1), new(9, 11, 13, Count: 2, HasBias: true), new(65, 33, 47, Count: 3), new(129, 257, 95), new(1_031, 517, 203, HasBias: true), new(256, 96, 384, Count: 2),
            new(132, 20, 140, Count: 2, RepeatsB: true, Start: 4), new(301, 1_031, 99), new(128, 784, 256, HasBias: true), new(64, 100_000, 64), new(10, 128, 50_021),
            new(512, 2_048, 1_000, HasBias: true), new(33, 65, 49, Count: 64),
        ],
        Squares = [4_096, 4_099],
        Convolutions =
        [
            new([5, 17, 33, 29], 35, 3, Padding: 1), new([3, 33, 19, 21], 17, 1), new([3, 7, 41, 37], 13, (5, 3), Stride: 2, Padding: 1), new([2, 19, 35, 33], 9, 3, Dilation: 2),
            new([2, 5, 36, 31], 11, (4, 2), Padding: 1), new([3, 22, 19, 35], 26, 3, Padding: 1, Groups: 2), new([128, 1, 28, 28], 6, 5, Padding: 2), new([128, 3, 32, 32], 16, 3, Padding: 1),
            new([128, 16, 32, 32], 16, 3, Padding: 1), new([128, 16, 32, 32], 32, 3, Stride: 2, Padding: 1), new([128, 32, 16, 16], 32, 3, Padding: 1), new([128, 64, 8, 8], 64, 3, Padding: 1),
            new([128, 64, 32, 32], 64, 3, Padding: 1), new([128, 256, 14, 14], 64, 1), new([128, 64, 16, 16], 64, 3, Padding: 1, Groups: 64),
        ],
        Pools = [new([3, 5, 67, 71], 1, 3, Stride: 2, Padding: 1), new([3, 5, 33, 31], 1, 2, Stride: 2), new([128, 64, 32, 32], 1, 2, Stride: 2), new([128, 16, 32, 32], 1, 3, Padding: 1)],
        Cells = [(1, 1), (13, 37), (128, 128), (512, 1_024)],
        Steps = 50,
        Stream = 1 << 28,
        TimedProducts = [64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192],
        PeakProduct = 4_096,
        Batch = null,
        LargeBatch = 512,
        FmaRounds = 1 << 14,
        Seconds = 0.5,
        WarmUp = 0.5,
    };

    public static Sizes Small { get; } = new()
    {
        Name = "small",
        Elements = [4_099],
        Longest = 4_099,
        Folds = [(1, 1, 1), (3, 37, 1), (1, 10_007, 1), (7, 113, 9), (1, 309, 307)],
        Normalizations = [new(3, 5, 301), new(32, 7, 1)],
        Rows = [(1, 1), (13, 101)],
        Products =
        [
            new(1, 1, 1), new(9, 11, 13, Count: 2, HasBias: true), new(65, 33, 79, Count: 2), new(132, 20, 140, Count: 2, RepeatsB: true, Start: 4), new(20, 1_031, 12, HasBias: true),
        ],
        Squares = [131],
        Convolutions = [new([2, 5, 13, 11], 7, 3, Padding: 1), new([2, 4, 13, 11], 6, (5, 3), Stride: 2, Padding: 1, Groups: 2), new([2, 3, 9, 12], 5, 2, Dilation: 2)],
        Pools = [new([2, 3, 13, 11], 1, 3, Stride: 2, Padding: 1)],
        Cells = [(5, 7)],
        Steps = 2,
        Stream = 1 << 16,
        TimedProducts = [64, 131],
        PeakProduct = 131,
        Batch = 2,
        LargeBatch = 2,
        FmaRounds = 64,
        Seconds = 0,
        WarmUp = 0,
    };
}
