using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>Gathers and scatters rows by their indices.</summary>
internal static class IndexingKernels
{
    public static void Gather(ArrayView<float> x, ArrayView<int> indices, int width, ArrayView<float> y)
    {
        for (var i = Grid.GlobalIndex.X; i < indices.IntLength * width; i += ElementwiseKernels.Stride)
        {
            y[i] = x[indices[i / width] * width + i % width];
        }
    }

    /// <summary>
    /// y[target, :] += Σ x[row, :] over the rows of a target, in their order: a thread for each element of a target, so that nothing is
    /// added by two. plan = for each target its index, then for each where its rows begin, and one end, then the rows, target by target.
    /// </summary>
    public static void ScatterAdd(ArrayView<float> x, ArrayView<int> plan, int targets, int width, ArrayView<float> y)
    {
        for (var i = Grid.GlobalIndex.X; i < targets * width; i += ElementwiseKernels.Stride)
        {
            var target = i / width;
            var column = i % width;
            var at = plan[target] * width + column;
            var sum = y[at];
            for (var n = plan[targets + target]; n < plan[targets + target + 1]; n++)
            {
                sum += x[plan[2 * targets + 1 + n] * width + column];
            }

            y[at] = sum;
        }
    }
}
