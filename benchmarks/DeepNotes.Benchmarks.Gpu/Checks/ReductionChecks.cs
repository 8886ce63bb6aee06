using DeepNotes.Backends;
using DeepNotes.Functions;
using F = DeepNotes.Functions;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>Checks of reductions along rows and columns, normalisation, softmax and cross-entropy.</summary>
internal static class ReductionChecks
{
    private const float Epsilon = 1e-5f;

    public static IEnumerable<KernelCheck> All(Sizes sizes) =>
    [
        .. sizes.Folds.SelectMany(fold => new[] { Fold(fold, default(F.Add)), Fold(fold, default(F.Maximum)) }),
        .. sizes.Normalizations.SelectMany(channels => new[] { Normalization(channels, rectifies: false), Normalization(channels, rectifies: true) }),
        .. sizes.Rows.SelectMany(rows => new[] { LogSoftmax(rows), CrossEntropy(rows, isWeighted: false), CrossEntropy(rows, isWeighted: true) }),
    ];

    private static KernelCheck Fold<TOp>((int Outer, int Count, int Inner) shape, TOp f)
        where TOp : struct, IReduceOp =>
        new($"{typeof(TOp).Name} [{shape.Outer:N0}, {shape.Count:N0}, {shape.Inner:N0}]", on =>
        {
            var (x, y) = (on.Uniform(shape.Outer * shape.Count * shape.Inner, 0.25f, 2), on.New(shape.Outer * shape.Inner));
            on.Backend.Reduce(f, x, y, shape.Outer, shape.Count, shape.Inner);
            return [on.Read(nameof(IBackend.Reduce), y)];
        });

    private static KernelCheck Normalization(Channels channels, bool rectifies) => new(
        $"[{channels.Images}, {channels.Count}, {channels.Positions}]{(rectifies ? ", rectified" : "")}", on =>
        {
            var (n, c) = (channels.Count * channels.Values, channels.Count);
            var (x, scale, shift) = (on.Uniform(n), on.Uniform(c, 0.5f, 2), on.Uniform(c));
            var (mean, variance, y) = (on.New(c), on.New(c), on.New(n));
            on.Backend.Normalize(channels, x, scale, shift, Epsilon, rectifies, mean, variance, y);
            var (dy, dx, dScale, dShift) = (on.Uniform(n), on.New(n), on.New(c), on.New(c));
            on.Backend.NormalizeGradient(channels, x, scale, shift, Epsilon, rectifies, mean, variance, dy, dx, dScale, dShift);
            return
            [
                on.Read(nameof(IBackend.Normalize), mean), on.Read(nameof(IBackend.Normalize), variance), on.Read(nameof(IBackend.Normalize), y),
                on.Read(nameof(IBackend.NormalizeGradient), dx), on.Read(nameof(IBackend.NormalizeGradient), dScale), on.Read(nameof(IBackend.NormalizeGradient), dShift),
            ];
        }, KernelCheck.LongSums);

    private static KernelCheck LogSoftmax((int Rows, int Count) shape) => new($"[{shape.Rows:N0}, {shape.Count:N0}]", on =>
    {
        var n = shape.Rows * shape.Count;
        var (x, y, dy, dx) = (on.Uniform(n, -8, 8), on.New(n), on.Uniform(n), on.New(n));
        on.Backend.LogSoftmax(x, y, shape.Rows, shape.Count);
        on.Backend.LogSoftmaxGradient(y, dy, dx, shape.Rows, shape.Count);
        return [on.Read(nameof(IBackend.LogSoftmax), y), on.Read(nameof(IBackend.LogSoftmaxGradient), dx)];
    });

    private static KernelCheck CrossEntropy((int Rows, int Count) shape, bool isWeighted) => new(
        $"[{shape.Rows:N0}, {shape.Count:N0}]{(isWeighted ? ", weighted" : "")}", on =>
        {
            var n = shape.Rows * shape.Count;
            int[] labels = [.. Enumerable.Range(0, shape.Rows).Select(row => 7 * row % shape.Count)];
            var (x, d, y, dx) = (on.Uniform(n, -8, 8), on.New(n), on.New(shape.Rows), on.New(n));
            var (dy, weights) = (on.Uniform(shape.Rows), isWeighted ? on.Uniform(shape.Rows, 0.5f, 2) : null);
            on.Backend.CrossEntropy(x, labels, weights, d, y, shape.Count);
            on.Backend.CrossEntropyGradient(d, weights, dy, 0.5f, dx, shape.Count);
            return [on.Read(nameof(IBackend.CrossEntropy), d), on.Read(nameof(IBackend.CrossEntropy), y), on.Read(nameof(IBackend.CrossEntropyGradient), dx)];
        });
}
