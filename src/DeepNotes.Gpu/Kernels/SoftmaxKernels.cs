using DeepNotes.Functions;
using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// Rows of scores, a group of threads for each. With u = Σ e^(x - max x) - 1, the sum over all but one largest value,
/// ln Σ eˣ = max x + ln(1 + u): nothing overflows, and a small u keeps its digits.
/// </summary>
internal static class SoftmaxKernels
{
    public static void Logarithm(ArrayView<float> x, ArrayView<float> y, int count)
    {
        var shared = SharedMemory.Allocate<float>(ReductionKernels.Threads);
        var start = Grid.IdxX * count;
        var largest = Largest(x, start, count, shared);
        var logarithm = LogOnePlus(Others(x, start, count, largest, shared));
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            y[start + i] = x[start + i] - largest - logarithm;
        }
    }

    /// <summary>dx = dy - eʸ·Σ dy. For a value whose probability is nearly 1, the same by the other values, which does not cancel.</summary>
    public static void LogarithmGradient(ArrayView<float> y, ArrayView<float> dy, ArrayView<float> dx, int count)
    {
        var shared = SharedMemory.Allocate<float>(ReductionKernels.Threads);
        var start = Grid.IdxX * count;
        var own = 0f;
        var near = 0f;
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            own += dy[start + i];
            near += y[start + i] > -0.5f ? 0f : dy[start + i];
        }

        var sum = ReductionKernels.InGroup(default(Add), shared, own);
        var others = ReductionKernels.InGroup(default(Add), shared, near);
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            var value = y[start + i];
            dx[start + i] = value > -0.5f ? -others - DeviceMath.ExpMinusOne(value) * sum : dy[start + i] - MathF.Exp(value) * sum;
        }
    }

    public static void CrossEntropy(ArrayView<float> x, ArrayView<int> labels, ArrayView<float> d, ArrayView<float> y, int count)
    {
        var shared = SharedMemory.Allocate<float>(ReductionKernels.Threads);
        var start = Grid.IdxX * count;
        var label = labels[Grid.IdxX];
        var largest = Largest(x, start, count, shared);
        var others = Others(x, start, count, largest, shared);
        var distance = largest - x[start + label];
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            var p = MathF.Exp(x[start + i] - largest) / (1f + others);
            d[start + i] = i != label ? p : distance == 0f ? -others / (1f + others) : p - 1f;
        }

        if (Group.IdxX == 0)
        {
            y[Grid.IdxX] = distance + LogOnePlus(others);
        }
    }

    /// <summary>dx[n, i] = factor·dy[n]·weights[n]·d[n, i].</summary>
    public static void CrossEntropyGradient(ArrayView<float> d, ArrayView<float> weights, ArrayView<float> dy, float factor, ArrayView<float> dx, int count)
    {
        for (var i = Grid.GlobalIndex.X; i < dx.IntLength; i += ElementwiseKernels.Stride)
        {
            var row = i / count;
            var share = factor * dy[dy.IntLength == 1 ? 0 : row];
            dx[i] = (weights.IntLength == 0 ? share : share * weights[row]) * d[i];
        }
    }

    private static float Largest(ArrayView<float> x, int start, int count, ArrayView<float> shared)
    {
        var largest = float.NegativeInfinity;
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            largest = DeviceMath.Max(largest, x[start + i]);
        }

        return ReductionKernels.InGroup(default(Maximum), shared, largest);
    }

    // Σ e^(x - max x) - 1: those below the largest, and of those equal to it all but one.
    private static float Others(ArrayView<float> x, int start, int count, float largest, ArrayView<float> shared)
    {
        var below = 0f;
        var equal = 0f;
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            var isLargest = x[start + i] == largest;
            equal += isLargest ? 1f : 0f;
            below += isLargest ? 0f : MathF.Exp(x[start + i] - largest);
        }

        var sum = ReductionKernels.InGroup(default(Add), shared, below);
        var others = sum + (ReductionKernels.InGroup(default(Add), shared, equal) - 1f);

        // An infinite largest value has no distance from itself.
        return others + (largest - largest);
    }

    // ln(1 + u) for any u ≥ 0.
    private static float LogOnePlus(float u) => u <= 1f ? DeviceMath.LogOnePlus(u) : MathF.Log(1f + u);
}
